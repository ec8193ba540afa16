package trellis.local.skeleton;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trellis.local.charts.Charts;

/**
 * {@code make service}: creates another service that reads the log of updates. Its code is copied from {@code
 * local/skeleton}, its build and chart from review, and it is added to every file that lists the services. What {@code
 * make charts} makes of these is made too.
 */
public final class NewService {
    private static final Path SKELETON = Path.of("local/skeleton");
    private static final Path CHART = Path.of("helm/" + Listing.MODEL);
    private static final List<String> LIKE_THE_MODEL = List.of(
            "pom.xml", "src/main/resources/application.properties", "src/main/jib/deployments/config/java.options");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*\\.(\\w+);$");

    private final Path checkout;
    private final ServiceName name;
    private final Path module;

    /** The contents of the files to write, by path in the checkout. */
    private final Map<Path, String> files = new TreeMap<>();

    /** @throws IllegalArgumentException if no service can have this name, saying why */
    NewService(Path checkout, String name) {
        this.checkout = checkout;
        this.name = ServiceName.of(name, imports()::contains);
        module = Path.of("services", name);
        for (String room : List.of("services", "helm", "istio")) {
            if (Files.exists(checkout.resolve(room).resolve(name))) {
                throw new IllegalArgumentException("There is a " + room + "/" + name + " already");
            }
        }
    }

    public static void main(String[] arguments) {
        try {
            new NewService(Path.of("").toAbsolutePath(), arguments[0]).write().forEach(System.out::println);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Returns the files that it has written, ordered by name; writes nothing if anything is missing. */
    List<Path> write() {
        filesIn(SKELETON)
                .forEach(file -> files.put(
                        module.resolve(name.in(SKELETON.relativize(file).toString())), name.in(read(file))));
        LIKE_THE_MODEL.forEach(
                file -> files.put(module.resolve(file), likeModel("services/" + Listing.MODEL + "/" + file)));
        filesIn(CHART)
                .filter(file -> !file.toString().matches(".*(\\.tgz|\\.lock)"))
                .forEach(file ->
                        files.put(Path.of("helm/" + name).resolve(CHART.relativize(file)), likeModel(file.toString())));
        files.computeIfPresent(
                Path.of("helm/" + name + "/Chart.yaml"),
                (file, chart) -> chart.replaceFirst("description: .*", "description: The " + name + " of a product"));
        files.computeIfPresent(
                Path.of("helm/" + name + "/README.md"),
                (file, readme) ->
                        readme.replaceFirst("that owns [^.]*\\.", "that owns the " + name + " of a product."));
        files.computeIfPresent(
                Path.of("helm/" + name + "/templates/_connections.tpl"),
                (file, connections) ->
                        connections.replaceFirst("(paths: \\[[^]]*)", "$1/*")); // the skeleton's are per product
        for (Listing listing : Listing.ALL) {
            files.compute(
                    Path.of(listing.file()),
                    (file, text) -> listing.withEntryOf(name, text == null ? read(file) : text));
        }
        files.forEach(this::write);
        linkContract();
        Set<Path> written = new TreeSet<>(files.keySet());
        written.addAll(new Charts(checkout).write());
        return List.copyOf(written);
    }

    /** The contract is served unchanged. */
    private void linkContract() {
        Path resources = checkout.resolve(module).resolve("src/main/resources/META-INF");
        try {
            Files.createDirectories(resources);
            Files.createSymbolicLink(
                    resources.resolve("openapi.yaml"), Path.of("../../../../contract/" + name + "-v1.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String likeModel(String file) {
        return name.insteadOf(Listing.MODEL, read(Path.of(file)));
    }

    private Set<String> imports() {
        return filesIn(SKELETON)
                .flatMap(file -> IMPORT.matcher(read(file)).results())
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }

    private Stream<Path> filesIn(Path folder) {
        try (Stream<Path> found = Files.walk(checkout.resolve(folder))) {
            return found.filter(Files::isRegularFile).map(checkout::relativize).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(Path file) {
        try {
            return Files.readString(checkout.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, String text) {
        try {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.writeString(checkout.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
