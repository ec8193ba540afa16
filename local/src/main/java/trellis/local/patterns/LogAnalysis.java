package trellis.local.patterns;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import trellis.local.signals.Backend;
import trellis.local.signals.LogLine;
import trellis.local.signals.Logs;

/** What all services have logged of one request is found in one place. */
record LogAnalysis(Scene scene) implements Pattern {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @Override
    public String name() {
        return "central log analysis";
    }

    @Override
    public String done() {
        return "the log lines of one write were searched by its trace id";
    }

    @Override
    public Finding show() {
        return new Collected(scene.signals(), Logs.BACKEND, Logs.PORT).asked(this::searched);
    }

    private Finding searched(Backend logs) {
        Set<String> wanted = new HashSet<>(scene.cluster().services());
        Optional<Duration> found =
                Waiting.upTo(PATIENCE, () -> services(lines(logs)).containsAll(wanted));
        List<LogLine> lines = lines(logs);
        return Finding.of(
                found.isPresent(),
                "trace %s: %d lines of %d pods, of %s",
                scene.page().trace(),
                lines.size(),
                lines.stream().map(LogLine::pod).distinct().count(),
                lines.isEmpty() ? "nobody" : String.join(", ", services(lines)));
    }

    private List<LogLine> lines(Backend logs) {
        return Logs.lines(logs, scene.page().trace());
    }

    private static Set<String> services(List<LogLine> lines) {
        return lines.stream().map(LogLine::service).collect(Collectors.toCollection(TreeSet::new));
    }
}
