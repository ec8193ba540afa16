package trellis.e2e;

/** A second observability in the same cluster, in a namespace of its own. It is installed by the test that needs it. */
record SecondSignals(Signals signals) implements AutoCloseable {
    @Override
    public void close() {
        signals.close();
    }
}
