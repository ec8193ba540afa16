package trellis.local.patterns;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What has to be taken back, the latest first: each by whoever has done it, and what is left at the end, however that comes. */
final class Undo {
    /** One change. Closing it takes it back, once. */
    final class Step implements AutoCloseable {
        private final String what;
        private final Runnable action;

        private Step(String what, Runnable action) {
            this.what = what;
            this.action = action;
        }

        @Override
        public void close() {
            synchronized (Undo.this) {
                if (steps.contains(this)) {
                    action.run(); // it is tried again at the end if this fails
                    steps.remove(this);
                }
            }
        }
    }

    private static final int ATTEMPTS = 3;

    private final Duration pause;
    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean over;

    /** @param pause before what could not be taken back is tried again: an API server may be away for a moment */
    Undo(Duration pause) {
        this.pause = pause;
    }

    /**
     * To be called before the change is made, so that one in the middle of which the program is stopped is taken back too.
     *
     * @param what in words, for the message if it can't be taken back
     * @param action does nothing if the change was not made
     * @throws IllegalStateException if everything was taken back already
     */
    synchronized Step add(String what, Runnable action) {
        if (over) {
            throw new IllegalStateException("stopped");
        }
        Step step = new Step(what, action);
        steps.push(step);
        return step;
    }

    /**
     * Takes back what is left, and lets nobody add to it.
     *
     * @return what could not be taken back, and why
     */
    synchronized List<String> all() {
        over = true;
        List<String> failed = List.of();
        for (int attempt = 1; attempt <= ATTEMPTS && !steps.isEmpty(); attempt++) {
            if (attempt > 1) {
                Waiting.pause(pause);
            }
            failed = attempt();
        }
        return failed;
    }

    private List<String> attempt() {
        List<String> failed = new ArrayList<>();
        for (Step step : List.copyOf(steps)) {
            try {
                step.close();
            } catch (RuntimeException e) {
                failed.add(step.what + ": " + e.getMessage());
            }
        }
        return failed;
    }
}
