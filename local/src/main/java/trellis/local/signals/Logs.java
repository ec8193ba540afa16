package trellis.local.signals;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.List;

/** {@code make logs}: prints what all services have logged of a trace, in order of time. */
public final class Logs {
    public static final String BACKEND = "victoria-logs";
    public static final int PORT = 9428;

    private Logs() {}

    public static void main(String[] arguments) {
        try {
            TraceId trace = TraceId.of(arguments[0]);
            List<LogLine> lines = lines(trace);
            if (lines.isEmpty()) {
                throw new IllegalStateException("Nothing was found that was logged with the trace id " + trace
                        + ". A line is found within 10 s of being written, and until the retention is over");
            }
            lines.forEach(System.out::println);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static List<LogLine> lines(TraceId trace) {
        try (Backend logs = Backend.reach(BACKEND, PORT)) {
            return lines(logs, trace);
        }
    }

    /** In order of time. */
    public static List<LogLine> lines(Backend logs, TraceId trace) {
        String query = URLEncoder.encode("trace_id:=" + trace, UTF_8);
        HttpResponse<String> response = logs.get("/select/logsql/query?query=" + query);
        if (response.statusCode() != 200) {
            throw new IllegalStateException("VictoriaLogs answered " + response.statusCode() + ": " + response.body());
        }
        return LogLine.all(response.body());
    }
}
