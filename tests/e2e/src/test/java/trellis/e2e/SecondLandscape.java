package trellis.e2e;

/**
 * A second landscape in the same cluster, in a namespace of its own, for tests that start or end without a landscape.
 */
record SecondLandscape(ClusterLandscape landscape) implements AutoCloseable {
    @Override
    public void close() {
        landscape.close();
    }
}
