package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Creates the AOT caches of all services that have none, in a landscape of its own: {@code Training} those of the
 * checkout's build, {@code Training FOLDER} those of images, each in {@code FOLDER/service/files} with its configuration
 * beside it in {@code config.json}.
 */
public final class Training {
    private Training() {}

    public static void main(String[] arguments) throws InterruptedException {
        of(
                arguments.length == 0
                        ? Settings.builtIn(Path.of("").toAbsolutePath())
                        : name -> image(Path.of(arguments[0]).toAbsolutePath().resolve(name)),
                System.out::println);
    }

    /**
     * Returns once there is a cache for each.
     *
     * @param applications the services by their names
     * @param progress receives messages on what is being waited for and for how long; called from several threads
     * @throws IllegalStateException if something does not start, with the reason
     */
    public static void of(Function<String, Application> applications, Consumer<String> progress)
            throws InterruptedException {
        if (isDone(applications)) {
            return;
        }
        Path data = temporary();
        Thread trainer = Thread.currentThread();
        var landscape = new Landscape(Settings.apart(applications, data, (service, line) -> {}));
        var interruption = new Thread(() -> {
            trainer.interrupt();
            landscape.killServices(); // which would write their recordings first
            end(landscape, data);
        });
        Runtime.getRuntime().addShutdownHook(interruption);
        landscape.train(progress);
        Runtime.getRuntime().removeShutdownHook(interruption);
        end(landscape, data);
    }

    /** Whether there is a cache for each. */
    static boolean isDone(Function<String, Application> applications) {
        return Services.ALL.stream()
                .allMatch(name -> applications.apply(name).cache().exists());
    }

    private static void end(Landscape landscape, Path data) {
        landscape.close();
        Folders.delete(data);
    }

    private static Application image(Path folder) {
        return Application.ofImage(folder.resolve("files"), folder.resolve("config.json"));
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("trellis-training");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
