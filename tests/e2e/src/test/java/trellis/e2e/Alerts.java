package trellis.e2e;

import java.util.List;

/** The alerts that have reached Alertmanager. */
record Alerts(Api api) {
    /** Those that fire now. */
    List<Alert> firing() {
        return api.get("/api/v2/alerts")
                .requireStatus(200)
                .json()
                .valueStream()
                .map(Alert::of)
                .toList();
    }
}
