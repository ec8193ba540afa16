package trellis.e2e;

import java.util.List;

/** Whom Alertmanager tells: each notification, in the order in which they came. */
record Pager(Api api) {
    /** The alerts that it was told of, also those of which it was told again; without those that it was told have ended. */
    List<Alert> notified() {
        return api.get("/")
                .requireStatus(200)
                .json()
                .valueStream()
                .flatMap(notification -> notification.path("alerts").valueStream())
                .filter(alert -> alert.path("status").asText().equals("firing"))
                .map(Alert::of)
                .toList();
    }
}
