package trellis.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import trellis.local.Application;

/** A process of the baseline, with the services' JVM settings. */
final class BaselinePart implements Contender.Part {
    private final String name;
    private final int port = freePort();
    private final List<String> arguments;
    private Process process;

    /** @param arguments for the program, after its name and its port */
    BaselinePart(String name, List<String> arguments) {
        this.name = name;
        this.arguments = arguments;
    }

    int port() {
        return port;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public URI page() {
        return URI.create("http://127.0.0.1:" + port + "/1");
    }

    @Override
    public void start() {
        List<String> command = new ArrayList<>(Application.OPTIONS);
        command.addFirst(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", // silences a warning about Netty
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Baseline.class.getName(), name));
        Stream.concat(Stream.of(Integer.toString(port)), arguments.stream()).forEach(command::add);
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("The baseline can't be started", e);
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free", e);
        }
    }
}
