package trellis.e2e;

/** A second landscape in the same cluster, in a namespace of its own, for proofs that begin with nothing or end with it. */
record Another(ClusterLandscape landscape) implements AutoCloseable {
    @Override
    public void close() {
        landscape.close();
    }
}
