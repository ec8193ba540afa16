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
 * A PostgreSQL server with one database, owned by a role of the same name; the first start creates both. Committed
 * data survives {@link #stop()} and {@link #kill()}.
 */
public final class PostgresServer implements Workload {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String database;
    private final String password;
    private final int port;
    private final Path home;
    private Program server;

    /**
     * @param database the name of the database and of the role that owns it, letters and underscores
     * @param home the folder for its data and its log
     * @param port on 127.0.0.1 only
     * @param password of the role and of the superuser {@code postgres}; the first start sets it
     */
    public PostgresServer(String database, Path home, int port, String password) {
        if (!database.matches("[a-z_]+") || !password.matches("\\w+")) {
            throw new IllegalArgumentException("The database's name and password must be plain words");
        }
        this.database = database;
        this.home = home.toAbsolutePath();
        this.port = port;
        this.password = password;
    }

    /** Like {@link #start(Consumer)}, with progress on standard output. */
    @Override
    public void start() {
        start(System.out::println);
    }

    /**
     * Returns once it accepts connections.
     *
     * @param progress receives a message if that takes long
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
            server.kill(); // pg_ctl may not be able to stop it yet
            throw e;
        }
    }

    @Override
    public synchronized void stop() {
        if (running()) {
            run(prepare("pg_ctl", List.of("stop", "-D", data().toString(), "-m", "fast", "-w")), progress -> {});
            server.stop(PATIENCE);
        }
    }

    /** Sends SIGKILL to all its processes, to simulate a crash. */
    @Override
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
        Path fresh = home.resolve("data.new"); // so that an interrupted attempt is never taken for a database
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
            return false; // not there yet
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

    /** PostgreSQL refuses to run as root. In a user namespace of its own it is not root, but still owns its files. */
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
