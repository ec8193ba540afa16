package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users and operators see while a store is away or a message can't be read, and that all of it ends with the fault. */
@ClusterTest
@Tag("faults-stores")
@Timeout(value = 15, unit = MINUTES)
class StoreFaultsTest {
    private static final String REFUSED_WRITES =
            "increase(http_server_requests_seconds_count{service=\"product-composite\", method=\"PUT\", status=\"503\"}[1m])";

    private final ClusterLandscape landscape;
    private final Faults faults;
    private final Api api;

    StoreFaultsTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        faults = new Faults(landscape, signals);
        api = new Api(landscape);
    }

    @Test
    void aDatabaseThatIsAwayIsOnePageThatNamesIt() {
        long seen = api.newPage();
        long neverRead = Api.newId();
        Signs signs = faults.signs(() -> api.page(seen), page -> page.json().has("remembered"));
        String product = Cluster.nameOf(landscape.cluster().ready("product").getFirst());
        try (Fault fault = faults.begin(
                "Database of product away", () -> landscape.kill("product-db"), () -> landscape.start("product-db"))) {
            fault.awaitSigns(
                    signs.answer("200, the product as last seen"),
                    Signs.answer(
                            "503 for a page never read",
                            () -> api.page(neverRead),
                            response -> response.status() == 503),
                    signs.metric("database_up{service=\"product\"} == 0"),
                    signs.trace("503 of product", Signs.answering("product", 503)),
                    signs.anyLine("product", "can't be applied, retrying"),
                    signs.alert("TrellisDatabaseDown", Map.of("service", "product", "pod", product)));
            fault.awaitResolved(
                    Signs.answer("200, whole", () -> api.page(seen), Response::isWhole)
                            .afterwards(),
                    signs.metric("database_up{service=\"product\"} == 1").afterwards(),
                    signs.noAlert("TrellisDatabaseDown"));
            fault.requireOnlyPage("TrellisDatabaseDown");
        }
    }

    @Test
    void aBrokerThatIsAwayIsOnePageThatNamesIt() {
        long productId = api.newPage();
        Signs signs = faults.signs(() -> write(productId), response -> response.status() == 503);
        try (Fault fault = faults.begin("Broker away", () -> landscape.kill("kafka"), () -> landscape.start("kafka"))) {
            fault.awaitSigns(
                    signs.answer("503 for a write"),
                    Signs.answer("200, whole, for a read", () -> api.page(productId), Response::isWhole),
                    signs.metric(REFUSED_WRITES + " > 0"),
                    signs.trace("503 of product-composite", Signs.answering("product-composite", 503)),
                    signs.line("product-composite", "is answered with 503"),
                    signs.alert("TrellisBrokerDown", Map.of("service", "kafka")));
            fault.awaitResolved(
                    Signs.answer("202 for a write", () -> write(productId), response -> response.status() == 202)
                            .afterwards(),
                    signs.metric(REFUSED_WRITES + " == 0").afterwards(),
                    signs.noAlert("TrellisBrokerDown"));
            fault.requireOnlyPage("TrellisBrokerDown");
        }
    }

    /** Nobody is woken: the others go on, and the record can be replayed. */
    @Test
    void aMessageThatCannotBeReadIsATicketOfEachReader() {
        long productId = api.newPage();
        Traceparent poisoned = new Traceparent();
        Signs signs = faults.signs(() -> api.page(productId), Response::isWhole).following(poisoned.trace());
        String product = Cluster.nameOf(landscape.cluster().ready("product").getFirst());
        try (Fault fault = faults.begin(
                "Poisoned message",
                () -> new Log(landscape)
                        .append(
                                Log.UPDATES,
                                Long.toString(productId),
                                "{\"no\": \"page\"}",
                                Map.of("traceparent", poisoned.sampled())),
                () -> {})) {
            fault.awaitSigns(
                    signs.answer("200, whole"),
                    signs.metric("increase(updates_dead_letters_total{service=\"product\"}[1m]) > 0"),
                    signs.trace("dead letter", span -> span.name().equals("dead letter")),
                    signs.anyLine("product", "dead letter"),
                    signs.alert("TrellisDeadLetters", Map.of("service", "product", "pod", product)));
            fault.awaitResolved(
                    Signs.answer("200, whole", () -> api.page(productId), Response::isWhole)
                            .afterwards(),
                    signs.metric("increase(updates_dead_letters_total{service=\"product\"}[1m]) == 0")
                            .afterwards(),
                    signs.noAlert("TrellisDeadLetters"));
            fault.requireOnlyTicket("TrellisDeadLetters");
        }
    }

    private Response write(long productId) {
        return api.put(productId, Pages.named("Kettle"));
    }
}
