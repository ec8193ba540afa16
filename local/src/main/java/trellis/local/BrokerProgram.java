package trellis.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The main class of the broker's process: formats new storage, starts Kafka, and creates missing topics. */
final class BrokerProgram {
    private static final String CLUSTER = new Uuid(1, 1).toString();

    private BrokerProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        var settings = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            settings.load(in);
        }
        format(file);
        Thread.ofVirtual().start(() -> prepareTopics(settings, ready(file)));
        Kafka.main(new String[] {file.toString()});
    }

    /** A file that exists once clients can connect. */
    static Path ready(Path settingsFile) {
        return settingsFile.resolveSibling("ready");
    }

    private static void format(Path settingsFile) {
        String[] command = {"format", "--ignore-formatted", "-t", CLUSTER, "-c", settingsFile.toString()};
        if (StorageTool.execute(command, System.out) != 0) {
            throw new IllegalStateException("Kafka's storage can't be formatted");
        }
    }

    private static void prepareTopics(Properties settings, Path ready) {
        try {
            String listeners = settings.getProperty("listeners");
            Topics.createMissing(listeners.replaceAll("^PLAINTEXT://([^,]+),.*", "$1"));
            Files.createFile(ready);
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
