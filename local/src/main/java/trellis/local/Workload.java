package trellis.local;

/** A process of the landscape that can be stopped and started again. */
public interface Workload extends AutoCloseable {
    void start();

    /** Ends it gracefully, and returns once it has ended. */
    void stop();

    /** Sends SIGKILL, to simulate a crash. */
    void kill();

    @Override
    default void close() {
        stop();
    }
}
