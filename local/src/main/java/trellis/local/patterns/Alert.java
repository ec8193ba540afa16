package trellis.local.patterns;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An alert about the disturbed neighbour.
 *
 * @param state {@code pending} or {@code firing}
 */
record Alert(String name, String state, String about) {
    /** @param alert as vmalert's API has it */
    static Alert of(JsonNode alert) {
        JsonNode labels = alert.path("labels");
        return new Alert(
                alert.path("name").asText(),
                alert.path("state").asText(),
                labels.path(labels.has("pod") ? "pod" : "service").asText());
    }

    boolean isFiring() {
        return state.equals("firing");
    }

    @Override
    public String toString() {
        return name + " (" + about + ") " + state;
    }
}
