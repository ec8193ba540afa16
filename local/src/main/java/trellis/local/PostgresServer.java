package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A PostgreSQL server with one database, owned by a role of the same name; both come into being with the first start.
 * What was committed survives {@link #stop()} and {@link #kill()}.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String database;
    private final String password;
    private final int port;
    private final Path home;
    private Program server;

    /**
     * @param database a plain word, the name of the database and of the role that owns it
     * @param home the folder for its data and its log
     * @param port where it listens, on 127.0.0.1 only
     * @param password of the role, and of the superuser {@code postgres}; it is fixed by the first start
     */
    public PostgresServer(String database, Path home, int port, String password) {
        if (!database.matches("[a-z_]+") || !password.matches("\\w+")) {
            throw new IllegalArgumentException("The database's name and password are to be plain words");
        }
        this.database = database;
        this.home = home.toAbsolutePath();
        this.port = port;
        this.password = password;
    }

    /** As {@link #start(Consumer)}, telling this process' own output. */
    public void start() {
        start(System.out::println);
    }

    /**
     * Returns when it takes connections.
     *
     * @param progress is told when that takes long
     */
    public synchronized void start(Consumer<String> progress) {
        if (running()) {
            return;
        }
        try {
            Files.createDirectories(home);
            if (!Files.exists(data())) {
                create(progress);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(database + "'s database can't be created", e);
        }
        server = Program.start(
                database + "'s PostgreSQL",
                prepare(
                        "postgres",
                        List.of(
                                "-D", data().toString(),
                                "-p", Integer.toString(port),
                                "-c", "listen_addresses=127.0.0.1",
                                "-c", "unix_socket_directories=",
                                "-c", "max_connections=60",
                                "-c", "shared_buffers=64MB")));
        try {
            server.awaitReady(this::takesConnections, progress, () -> Program.tail(log()));
        } catch (IllegalStateException e) {
            server.kill(); // it may not listen to pg_ctl yet
            throw e;
        }
    }

    /** Ends connections, writes what is due and ends. */
    @Override
    public void close() {
        stop();
    }

    public synchronized void stop() {
        if (running()) {
            run(prepare("pg_ctl", List.of("stop", "-D", data().toString(), "-m", "fast", "-w")), progress -> {});
            server.stop(PATIENCE);
        }
    }

    /** SIGKILL to all its processes, as a crash would. */
    public synchronized void kill() {
        if (server != null) {
            server.kill();
        }
    }

    public boolean running() {
        return server != null && server.running();
    }

    ProcessHandle process() {
        return server.process().toHandle();
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** The name of the database and of its role. */
    public String database() {
        return database;
    }

    public String password() {
        return password;
    }

    private void create(Consumer<String> progress) throws IOException {
        Path fresh = home.resolve("data.new"); // an attempt that was cut short never passes for a database
        Folders.delete(fresh);
        Path secret = Files.writeString(home.resolve("secret"), password);
        run(
                prepare(
                        "initdb",
                        List.of(
                                "-D",
                                fresh.toString(),
                                "--username=postgres",
                                "--auth=scram-sha-256",
                                "--pwfile=" + secret,
                                "--encoding=UTF8",
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--no-instructions")),
                progress);
        Files.delete(secret);
        Path statements = Files.writeString(
                home.resolve("statements"),
                "CREATE ROLE %1$s LOGIN PASSWORD '%2$s';\nCREATE DATABASE %1$s OWNER %1$s;\n"
                        .formatted(database, password));
        run(
                prepare("postgres", List.of("--single", "-D", fresh.toString(), "postgres"))
                        .redirectInput(statements.toFile()),
                progress);
        Files.delete(statements);
        Files.move(fresh, data());
    }

    private boolean takesConnections() {
        try {
            List<String> status = Files.readAllLines(data().resolve("postmaster.pid"));
            return status.size() >= 8
                    && status.getFirst().equals(Long.toString(server.process().pid()))
                    && status.get(7).strip().equals("ready");
        } catch (IOException e) {
            return false; // it isn't there yet
        }
    }

    private void run(ProcessBuilder prepared, Consumer<String> progress) {
        Program program = Program.start(prepared.command().toString(), prepared);
        program.awaitDone(progress, () -> Program.tail(log()));
    }

    private ProcessBuilder prepare(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(unprivileged());
        command.add(PostgresBinaries.folder().resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    /** PostgreSQL refuses root; in a user namespace of its own it is nobody, and yet the owner of its files. */
    private static List<String> unprivileged() {
        return "root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of();
    }

    private Path data() {
        return home.resolve("data");
    }

    private Path log() {
        return home.resolve("log");
    }
}
