package trellis.local;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** {@link Training} for the next start, by a process that gets what CPU nobody else wants. */
final class BackgroundTraining implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final Program program;

    /** @param ended called once it has ended by itself, with whether there are caches now */
    BackgroundTraining(Consumer<Boolean> ended) {
        var prepared = new ProcessBuilder(List.of(
                        "nice",
                        "-n",
                        "19",
                        Program.java(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Training.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        program = Program.start("training", prepared);
        program.process().onExit().thenAccept(process -> ended.accept(process.exitValue() == 0));
    }

    @Override
    public void close() {
        program.stop(DRAIN);
    }
}
