package trellis.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The collected metrics. */
record Series(Api api) {
    /** One series at one moment. */
    record Sample(Map<String, String> labels, double value) {
        String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param query in PromQL, of now; the backend would leave out what it has got in the last half minute */
    List<Sample> matching(String query) {
        return api.postForm("/api/v1/query", "latency_offset=1s&nocache=1&query=" + encoded(query))
                .requireStatus(200)
                .json()
                .at("/data/result")
                .valueStream()
                .map(result -> new Sample(
                        labels(result.path("metric")),
                        result.path("value").path(1).asDouble()))
                .toList();
    }

    /** The single value of an aggregation; 0 if there is none. */
    double value(String query) {
        return matching(query).stream().mapToDouble(Sample::value).sum();
    }

    /** The longest time between two samples of a series of the last ten minutes, in seconds; 0 if there are none. */
    double longestGap(String selector) {
        return api.postForm("/api/v1/export", "start=-10m&match[]=" + encoded(selector))
                .requireStatus(200)
                .body()
                .lines()
                .mapToDouble(Series::longestGapOfOne)
                .max()
                .orElse(0);
    }

    private static double longestGapOfOne(String series) {
        try {
            long[] times = JSON.readTree(series)
                    .path("timestamps")
                    .valueStream()
                    .mapToLong(JsonNode::asLong)
                    .sorted()
                    .toArray();
            long longest = 0;
            for (int i = 1; i < times.length; i++) {
                longest = Math.max(longest, times[i] - times[i - 1]);
            }
            return longest / 1000.0;
        } catch (JsonProcessingException e) {
            throw new AssertionError("This is not JSON: " + series, e);
        }
    }

    private static Map<String, String> labels(JsonNode metric) {
        Map<String, String> labels = new TreeMap<>();
        metric.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
