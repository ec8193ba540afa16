package trellis.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import trellis.local.Landscape;
import trellis.local.PostgresServer;
import trellis.local.Settings;

/**
 * {@code make bench}: alternates between the landscape and the baseline on the same databases, so that a drift of the
 * machine affects both; then {@link Hanging}. {@code make bench PART=hanging} measures only that.
 */
final class Bench {
    private static final String PAGE = "page";
    private static final String HANGING = "hanging";
    private static final List<String> PARTS = List.of(PAGE, HANGING);
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
        Path data = Files.createTempDirectory("trellis-bench");
        var settings = Settings.apart(Path.of("").toAbsolutePath(), data, (service, line) -> {});
        try (var landscape = new Landscape(parts.contains(PAGE) ? settings.withTraining() : settings)) {
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(landscape, main)));
            landscape.start(System.err::println);
            WrittenPage.write(landscape);
            if (parts.contains(PAGE)) {
                compareWithBaseline(landscape);
            }
            if (parts.contains(HANGING)) {
                new Hanging(landscape).measure(data);
            }
        }
    }

    private static void compareWithBaseline(Landscape landscape) throws InterruptedException {
        Contender baseline = baseline(landscape);
        try {
            measure(List.of(services(landscape), baseline));
        } finally {
            baseline.parts().forEach(Contender.Part::stop);
        }
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
        row("", Contender.FIRST_ANSWER, Contender.RESIDENT_AT_START, Contender.RESIDENT, Contender.OWN);
        row("---", "---", "---", "---", "---");
        for (Contender contender : contenders) {
            for (Contender.Part part : contender.parts()) {
                row(
                        contender.name() + ": " + part.name(),
                        contender.figure(part.name(), Contender.FIRST_ANSWER).show(0),
                        contender
                                .figure(part.name(), Contender.RESIDENT_AT_START)
                                .show(0),
                        contender.figure(part.name(), Contender.RESIDENT).show(0),
                        contender.figure(part.name(), Contender.OWN).show(0));
            }
        }
        System.out.println();
        row(
                "the page at " + CONNECTIONS + " connections",
                contenders.get(0).name(),
                contenders.get(1).name());
        row("---", "---", "---");
        for (String figure : List.of(
                Contender.RATE, Contender.NOT_WHOLE, Contender.P50, Contender.P99, Contender.CPU, Contender.OTHERS)) {
            int decimals = figure.equals(Contender.CPU) ? 2 : figure.endsWith("ms") ? 1 : 0;
            row(
                    figure,
                    contenders.get(0).figure("", figure).show(decimals),
                    contenders.get(1).figure("", figure).show(decimals));
        }
        System.out.printf(
                Locale.ROOT,
                "%nThroughput relative to the baseline: %.2f. CPU per request relative to the baseline: %.1f.%n",
                ratio(contenders, Contender.RATE),
                ratio(contenders, Contender.CPU));
    }

    private static double ratio(List<Contender> contenders, String figure) {
        return contenders.get(0).figure("", figure).median()
                / contenders.get(1).figure("", figure).median();
    }

    static void row(String... cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    private static Contender services(Landscape landscape) {
        return new Contender(
                "Trellis",
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
