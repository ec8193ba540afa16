package trellis.chassis.log;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trellis.local.Ports;
import trellis.local.PostgresServer;

/** Debian's pgbouncer in front of a database, with two connections in transaction mode. */
final class PgBouncer implements AutoCloseable {

    private final int port = Ports.free();
    private final Process process;

    PgBouncer(Path home, PostgresServer database) {
        try {
            Path users = Files.writeString(
                    home.resolve("users"), "\"%s\" \"%s\"%n".formatted(database.database(), database.password()));
            Path settings = Files.writeString(home.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=127.0.0.1 port=%s
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = scram-sha-256
                    auth_file = %s
                    pool_mode = transaction
                    default_pool_size = 2
                    """.formatted(
                            database.address().replaceFirst(".*:", ""), port, users));
            List<String> command =
                    new ArrayList<>(List.of(program().orElseThrow().toString()));
            if (System.getProperty("user.name").equals("root")) { // it refuses to run as root
                Stream.of(home, users, settings).forEach(file -> file.toFile().setReadable(true, false));
                home.toFile().setExecutable(true, false);
                command.addAll(List.of("-u", "nobody"));
            }
            command.add(settings.toString());
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("pgbouncer.log").toFile())
                    .start();
            await().until(this::listens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isInstalled() {
        return program().isPresent();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
