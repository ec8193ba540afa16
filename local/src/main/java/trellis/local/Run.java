package trellis.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** {@code make run}: runs the landscape on this machine until it is stopped. */
final class Run {
    private final long start = System.nanoTime();
    private volatile boolean stopping;

    private Run() {}

    public static void main(String[] arguments) {
        new Run().run();
    }

    private void run() {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping = true;
            main.interrupt();
            await(main);
        }));
        int status = 0;
        try (Landscape landscape = new Landscape(Settings.atTheDesk(Path.of("").toAbsolutePath(), System.getenv()))) {
            serve(landscape);
        } catch (InterruptedException e) {
            // stopped by the shutdown hook
        } catch (IllegalStateException e) {
            if (!stopping) {
                System.err.println(e.getMessage());
                status = 1;
            }
        }
        say("stopped");
        int result = status;
        Thread.ofPlatform().start(() -> System.exit(result)); // exit waits for this thread to end
    }

    private void serve(Landscape landscape) throws InterruptedException {
        landscape.start(this::say);
        var address = landscape.address(Services.COMPOSITE);
        new Demonstration(address, this::say).load();
        System.out.printf("""

                The landscape is up. Ctrl-C stops it; its data stays in %s.

                %s

                Open %s in a browser; the API is described at %s/swagger-ui. Or:
                  curl -s %s/v1/product-composites/1
                  curl -s '%s/v1/product-composites?limit=5'

                """, landscape.data(), addresses(landscape), address, address, address, address);
        if (Training.isDone(Settings.builtIn(Path.of("").toAbsolutePath()))) {
            new CountDownLatch(1).await();
        }
        say("training in the background, so that the next start of this build is faster");
        try (var training = new BackgroundTraining(this::sayTrained)) {
            new CountDownLatch(1).await();
        }
    }

    private void sayTrained(boolean trained) {
        if (!stopping) {
            say(
                    trained
                            ? "trained: the next start of this build is faster"
                            : "could not be trained; the next start tries again");
        }
    }

    private static String addresses(Landscape landscape) {
        return Services.ALL.stream()
                .map(service -> "  %-17s  %s".formatted(service, landscape.address(service)))
                .collect(Collectors.joining("\n"));
    }

    private void say(String what) {
        System.out.printf(
                "[%5.1f s] %s%n", Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0, what);
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
