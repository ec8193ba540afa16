package trellis.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import trellis.local.Application;
import trellis.local.Landscape;
import trellis.local.PostgresServer;
import trellis.local.Settings;
import trellis.local.Training;

/**
 * {@code make bench}: alternates between the landscape, the baseline on the same databases, and the landscape of an
 * earlier commit on databases of its own, so that a drift of the machine affects all; then {@link Hanging}.
 * {@code make bench PART=hanging} measures only that.
 */
final class Bench {
    private static final String PAGE = "page";
    private static final String HANGING = "hanging";
    private static final List<String> PARTS = List.of(PAGE, HANGING);
    private static final List<String> PER_PART = List.of(
            Contender.FIRST_ANSWER,
            Contender.CPU_AT_START,
            Contender.RESIDENT_AT_START,
            Contender.RESIDENT,
            Contender.OWN);

    /** The JVM options of the images of an earlier commit, with the heap of all. */
    private static final List<String> EARLIER =
            List.of("-XX:+UseSerialGC", "-Xmx128m", "--enable-native-access=ALL-UNNAMED");

    private static final int CONNECTIONS = 32;
    private static final int STARTS = 3;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final Duration ROUND = Duration.ofSeconds(8);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> parts = arguments.length == 0 ? PARTS : List.of(arguments);
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("The parts are " + PARTS + ", not " + parts);
        }
        Path checkout = Path.of("").toAbsolutePath();
        Function<String, Application> built = Settings.builtIn(checkout);
        if (parts.contains(PAGE)) {
            Training.of(built, System.err::println);
        }
        Path data = Files.createTempDirectory("trellis-bench");
        try (var landscape = landscape(name -> built.apply(name).with(Application.OPTIONS), data.resolve("now"))) {
            landscape.start(System.err::println);
            WrittenPage.write(landscape);
            if (parts.contains(PAGE)) {
                compare(landscape, data);
            }
            if (parts.contains(HANGING)) {
                new Hanging(landscape).measure(data);
            }
        }
    }

    /** With the baseline, and with an earlier commit if one was built. */
    private static void compare(Landscape landscape, Path data) throws InterruptedException {
        String before = System.getenv().getOrDefault("BEFORE_CHECKOUT", "");
        Contender baseline = baseline(landscape);
        try {
            if (before.isEmpty()) {
                measure(List.of(services("Trellis", landscape), baseline));
                return;
            }
            Function<String, Application> built = Settings.builtIn(Path.of(before));
            try (var earlier = landscape(name -> built.apply(name).with(EARLIER), data.resolve("before"))) {
                earlier.start(System.err::println);
                WrittenPage.write(earlier);
                measure(List.of(services("Trellis", landscape), baseline, services("before", earlier)));
            }
        } finally {
            baseline.parts().forEach(Contender.Part::stop);
        }
    }

    private static Landscape landscape(Function<String, Application> applications, Path data) {
        var landscape = new Landscape(Settings.apart(applications, data, (service, line) -> {}));
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(landscape, main)));
        return landscape;
    }

    /** Ends the load, then lets the main thread stop the baseline and whatever else it has started. */
    private static void interrupt(Landscape landscape, Thread main) {
        main.interrupt();
        landscape.close();
        try {
            main.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void measure(List<Contender> contenders) throws InterruptedException {
        String before = Machine.load();
        for (Contender contender : contenders) {
            contender.parts().forEach(Contender.Part::start); // does nothing to those that are running
        }
        for (int round = 0; round < STARTS; round++) {
            System.err.printf("start %d of %d%n", round + 1, STARTS);
            for (Contender contender : contenders) {
                for (Contender.Part part : contender.parts()) {
                    contender.measureStart(part);
                }
            }
        }
        System.err.printf("warming each up for %d s%n", WARM_UP.toSeconds());
        for (Contender contender : contenders) {
            contender.warmUp(CONNECTIONS, WARM_UP);
        }
        for (int round = 0; round < ROUNDS; round++) {
            System.err.printf("load %d of %d%n", round + 1, ROUNDS);
            for (Contender contender : contenders) {
                contender.measureLoad(CONNECTIONS, ROUND);
            }
        }
        System.out.printf(
                "%s. Load average %s before, %s after. Median (min-max) of %d starts, %d rounds of %d s after %d s.%n%n",
                Machine.description(), before, Machine.load(), STARTS, ROUNDS, ROUND.toSeconds(), WARM_UP.toSeconds());
        report(contenders);
    }

    private static void report(List<Contender> contenders) {
        row("", PER_PART.toArray(String[]::new));
        row("---", PER_PART.stream().map(any -> "---").toArray(String[]::new));
        for (Contender contender : contenders) {
            for (Contender.Part part : contender.parts()) {
                row(
                        contender.name() + ": " + part.name(),
                        PER_PART.stream()
                                .map(figure ->
                                        contender.figure(part.name(), figure).show(0))
                                .toArray(String[]::new));
            }
        }
        System.out.println();
        row("the page at " + CONNECTIONS + " connections", names(contenders));
        row("---", contenders.stream().map(any -> "---").toArray(String[]::new));
        for (String figure : List.of(
                Contender.RATE, Contender.NOT_WHOLE, Contender.P50, Contender.P99, Contender.CPU, Contender.OTHERS)) {
            int decimals = figure.equals(Contender.CPU) ? 2 : figure.endsWith("ms") ? 1 : 0;
            row(
                    figure,
                    contenders.stream()
                            .map(contender -> contender.figure("", figure).show(decimals))
                            .toArray(String[]::new));
        }
        List<Contender> others = contenders.subList(1, contenders.size());
        System.out.println();
        row("relative to", names(others));
        row("---", others.stream().map(any -> "---").toArray(String[]::new));
        for (Contender.Part part : contenders.getFirst().parts()) {
            for (String figure : PER_PART) {
                ratios(part.name(), figure, contenders.getFirst(), others);
            }
        }
        ratios("", Contender.RATE, contenders.getFirst(), others);
        ratios("", Contender.CPU, contenders.getFirst(), others);
    }

    private static void ratios(String part, String figure, Contender one, List<Contender> others) {
        row(
                part.isEmpty() ? figure : part + ": " + figure.replaceFirst(", .*", ""),
                others.stream()
                        .map(other -> one.figure(part, figure).median()
                                / other.figure(part, figure).median())
                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                        .toArray(String[]::new));
    }

    private static String[] names(List<Contender> contenders) {
        return contenders.stream().map(Contender::name).toArray(String[]::new);
    }

    static void row(String first, String... others) {
        System.out.println("| "
                + String.join(
                        " | ",
                        Stream.concat(Stream.of(first), Stream.of(others)).toList()) + " |");
    }

    private static Contender services(String name, Landscape landscape) {
        return new Contender(
                name,
                List.of(
                        new ServicePart(landscape, "product", "/v1/products/1"),
                        new ServicePart(landscape, "recommendation", "/v1/recommendations?productId=1"),
                        new ServicePart(landscape, "review", "/v1/reviews?productId=1"),
                        new ServicePart(landscape, "product-composite", "/v1/product-composites/1")),
                new LinkedHashMap<>());
    }

    private static Contender baseline(Landscape landscape) {
        List<BaselinePart> core = Stream.of("product", "recommendation", "review")
                .map(name -> new BaselinePart(name, List.of(uri(landscape.database(name)))))
                .toList();
        var composite = new BaselinePart(
                "product-composite",
                core.stream().map(part -> Integer.toString(part.port())).toList());
        return new Contender(
                "baseline",
                Stream.<Contender.Part>concat(core.stream(), Stream.of(composite))
                        .toList(),
                new LinkedHashMap<>());
    }

    private static String uri(PostgresServer database) {
        return "postgresql://%s:%s@%s/%s"
                .formatted(database.database(), database.password(), database.address(), database.database());
    }
}
