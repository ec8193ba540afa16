package trellis.local.patterns;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads a page five times a second, whether or not the earlier reads have been answered, until it is closed. */
final class Reads implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final Queue<CompletableFuture<Answer>> answers = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    Reads(Api api, long productId) {
        thread = Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    answers.add(api.started(Api.PAGES + "/" + productId));
                    Thread.sleep(INTERVAL);
                }
            } catch (InterruptedException e) {
                // closed
            }
        });
    }

    /** Ends them, and returns all answers. */
    List<Answer> end() {
        close();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    static List<Answer> failed(List<Answer> answers) {
        return answers.stream().filter(answer -> answer.status() != 200).toList();
    }

    /** In words, with an example of what failed. */
    static String summary(List<Answer> answers) {
        List<Answer> failed = failed(answers);
        long partial = answers.stream()
                .filter(answer -> answer.status() == 200 && !answer.isWhole())
                .count();
        return answers.size() + " reads meanwhile, "
                + (failed.isEmpty()
                        ? "none failed"
                        : failed.size() + " failed, such as: "
                                + failed.getFirst().inWords())
                + (partial == 0 ? "" : ", " + partial + " with a part missing or as last seen");
    }
}
