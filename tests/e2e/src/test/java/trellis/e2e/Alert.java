package trellis.e2e;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * An alert that fires.
 *
 * @param suppressed whether nobody is told, since an alert of its cause fires
 */
record Alert(Map<String, String> labels, boolean suppressed) {
    /** From the form in which Alertmanager answers. */
    static Alert of(JsonNode alert) {
        return new Alert(
                alert.path("labels").properties().stream().collect(toMap(Map.Entry::getKey, label -> label.getValue()
                        .asText())),
                alert.at("/status/state").asText().equals("suppressed"));
    }

    String name() {
        return label("alertname");
    }

    /** Empty if it has none of this name. */
    String label(String name) {
        return labels.getOrDefault(name, "");
    }

    /** Whether somebody is to be woken. */
    boolean isPage() {
        return label("severity").equals("page");
    }
}
