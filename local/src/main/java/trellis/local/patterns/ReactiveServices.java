package trellis.local.patterns;

import static java.util.Comparator.naturalOrder;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import trellis.local.cluster.Metrics;

/** Calls that wait take no thread. */
record ReactiveServices(Scene scene, Disturbance neighbour) implements Pattern {
    private static final int SLOW = 100;
    private static final int QUICK = 10;

    /** Below the timeout of a call. */
    private static final Duration DELAY = Duration.ofMillis(500);

    /** Worker threads answer those who read metrics or ask for health. */
    private static final int FEW = 10;

    @Override
    public String name() {
        return "reactive services";
    }

    @Override
    public String done() {
        return SLOW + " pages were read at once"
                + (delays() ? ", each waiting " + DELAY.toMillis() + " ms for " + Scene.NEIGHBOUR : "")
                + ", and meanwhile the list, which needs no " + Scene.NEIGHBOUR;
    }

    @Override
    public Finding show() {
        return delays() ? delayed() : burst();
    }

    private boolean delays() {
        return neighbour.canDelay();
    }

    private Finding delayed() {
        try (Undo.Step slow = neighbour.delay(DELAY)) {
            Waiting.until(
                    "a slow page", Duration.ofSeconds(30), () -> page().took().compareTo(DELAY) > 0);
            return burst();
        }
    }

    private Finding burst() {
        List<String> pods = scene.cluster().ready(Scene.COMPOSITE);
        double before = peakOfThreads(pods);
        List<CompletableFuture<Answer>> slow = IntStream.range(0, SLOW)
                .mapToObj(
                        i -> scene.api().started(Api.PAGES + "/" + scene.page().productId()))
                .toList();
        List<Answer> quick = IntStream.range(0, QUICK)
                .mapToObj(i -> scene.api().get(Api.PAGES + "?limit=5"))
                .toList();
        List<Answer> pages = slow.stream().map(CompletableFuture::join).toList();
        double started = peakOfThreads(pods) - before;
        boolean answered = Reads.failed(pages).isEmpty() && Reads.failed(quick).isEmpty();
        return Finding.of(
                answered && started <= FEW * pods.size(),
                "%d of %d pages answered, half of them within %s, all within %s; %.0f more threads than the %.0f before; of %d lists"
                        + " meanwhile half within %s; a write was accepted (202) after %s and seen %s later",
                pages.stream().filter(answer -> answer.status() == 200).count(),
                SLOW,
                Waiting.seconds(median(pages)),
                Waiting.seconds(slowest(pages)),
                started,
                before,
                QUICK,
                Waiting.seconds(median(quick)),
                Waiting.seconds(scene.page().accepted()),
                Waiting.seconds(scene.page().seen()));
    }

    private Answer page() {
        return scene.api().page(scene.page().productId());
    }

    /** The peaks that the JVMs record, so that none is missed between two samples. */
    private double peakOfThreads(List<String> pods) {
        return pods.stream()
                .map(scene.cluster()::metrics)
                .mapToDouble((Metrics metrics) -> metrics.greatest("jvm_threads_peak_threads"))
                .sum();
    }

    private static Duration median(List<Answer> answers) {
        return answers.stream().map(Answer::took).sorted().toList().get(answers.size() / 2);
    }

    private static Duration slowest(List<Answer> answers) {
        return answers.stream().map(Answer::took).max(naturalOrder()).orElseThrow();
    }
}
