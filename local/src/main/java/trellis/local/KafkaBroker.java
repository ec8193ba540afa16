package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Apache Kafka with the landscape's topics: one node that is broker and controller (KRaft), in a process of its own.
 * A record that it has acknowledged is on disk, and survives {@link #stop()} and {@link #kill()}.
 */
public final class KafkaBroker implements Workload {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path home;
    private final int port;
    private final int controllerPort;
    private Program broker;

    /**
     * @param home the folder for its data and its log
     * @param port of the broker, on 127.0.0.1 only
     * @param controllerPort of the controller
     */
    public KafkaBroker(Path home, int port, int controllerPort) {
        this.home = home.toAbsolutePath();
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** Like {@link #start(Consumer)}, with progress on standard output. */
    @Override
    public void start() {
        start(System.out::println);
    }

    /**
     * Returns once it accepts records and every topic exists.
     *
     * @param progress receives a message if that takes long
     */
    public synchronized void start(Consumer<String> progress) {
        if (running()) {
            return;
        }
        try {
            Files.createDirectories(home);
            Files.deleteIfExists(BrokerProgram.ready(settingsFile()));
            try (var out = Files.newBufferedWriter(settingsFile())) {
                settings().store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka can't be prepared", e);
        }
        broker = Program.start("Kafka", prepare());
        broker.awaitReady(() -> Files.exists(BrokerProgram.ready(settingsFile())), progress, () -> Program.tail(log()));
    }

    @Override
    public synchronized void stop() {
        if (running()) {
            broker.stop(PATIENCE);
        }
    }

    @Override
    public synchronized void kill() {
        if (broker != null) {
            broker.kill();
        }
    }

    public boolean running() {
        return broker != null && broker.running();
    }

    ProcessHandle process() {
        return broker.process().toHandle();
    }

    /** The value of the clients' {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    private ProcessBuilder prepare() {
        var prepared = new ProcessBuilder(
                        Program.java(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        BrokerProgram.class.getName(),
                        settingsFile().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        prepared.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return prepared;
    }

    private Properties settings() {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("log.dirs", home.resolve("data").toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("log.flush.interval.messages", "1"); // acknowledged means on disk
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "3");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608"); // the default is half of the heap
        settings.put("broker.session.timeout.ms", "3000"); // how long a killed broker counts as alive
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        return settings;
    }

    private Path settingsFile() {
        return home.resolve("server.properties");
    }

    private Path log() {
        return home.resolve("log");
    }
}
