package trellis.local.patterns;

import static java.util.Comparator.naturalOrder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** While a neighbour is slow or away, callers are answered at once without its part. */
record CircuitBreaker(Scene scene, Disturbance neighbour) implements Pattern {
    static final String STATE = "ft_circuitbreaker_state_current";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration MENDED = Duration.ofMinutes(3);
    private static final int READS = 20;

    @Override
    public String name() {
        return "circuit breaker";
    }

    @Override
    public String done() {
        return neighbour.inWords() + ", and then as before";
    }

    @Override
    public Finding show() {
        List<Answer> answers = new ArrayList<>();
        AtomicReference<String> open = new AtomicReference<>("");
        List<Answer> atOnce;
        long mended;
        try (Undo.Step away = neighbour.takeAway()) {
            Waiting.until("an open circuit breaker", PATIENCE, () -> {
                answers.addAll(scene.api().pages(page(), 5));
                open.set(openIn());
                return !open.get().isEmpty();
            });
            atOnce = answers(READS);
            mended = System.nanoTime();
        }
        Waiting.until("a closed circuit breaker and a whole page", MENDED, () -> isWhole() && openIn().isEmpty());
        Duration closed = Duration.ofNanos(System.nanoTime() - mended);
        boolean served = Reads.failed(answers).isEmpty() && Reads.failed(atOnce).isEmpty();
        boolean said = atOnce.stream().allMatch(answer -> answer.missing().contains(Scene.PART));
        return Finding.of(
                served && said,
                "a page waited up to %s, until the breaker in %s opened; then half of %d pages were answered within %s, all with 200 and"
                        + " missing [%s]; closed and whole again %s after %s was",
                Waiting.seconds(
                        answers.stream().map(Answer::took).max(naturalOrder()).orElseThrow()),
                open.get(),
                READS,
                Waiting.seconds(
                        atOnce.stream().map(Answer::took).sorted().toList().get(READS / 2)),
                Scene.PART,
                Waiting.seconds(closed),
                Scene.NEIGHBOUR);
    }

    private List<Answer> answers(int count) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(scene.api().page(page()));
        }
        return answers;
    }

    private boolean isWhole() {
        return scene.api().page(page()).isWhole();
    }

    private long page() {
        return scene.page().productId();
    }

    /** The name of an instance whose breaker of this neighbour is open, or empty. */
    private String openIn() {
        return scene.cluster().ready(Scene.COMPOSITE).stream()
                .filter(pod -> scene.cluster().metrics(pod).sum(STATE, Scene.PART, "state=\"open\"") > 0)
                .findFirst()
                .orElse("");
    }
}
