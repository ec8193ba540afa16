package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trellis.local.Services;

/** What users and operators see of an instance that is slow, wrong or dies, and that all of it ends with the fault. */
@ClusterTest
@Tag("faults-instances")
@Timeout(value = 15, unit = MINUTES)
class InstanceFaultsTest {
    /** One of them is a tenth. */
    private static final int INSTANCES = 10;

    /** So that a node of two cores has room for all. */
    private static final String SMALL = "product-composite.resources.requests.cpu=5m";

    private static final String BAD = "bad";
    private static final String TIMEOUTS =
            "increase(ft_timeout_calls_total{service=\"product-composite\", timedOut=\"true\"}[1m])";
    private static final String FAILED_READ = "is answered with 503";
    private static final String FAILED_READS =
            "increase(http_server_requests_seconds_count{service=\"product-composite\", method=\"GET\", status=\"503\"}[1m])";

    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private final Faults faults;
    private final Api api;

    InstanceFaultsTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        cluster = landscape.cluster();
        faults = new Faults(landscape, signals);
        api = new Api(landscape);
    }

    @Test
    void aNeighbourThatIsSlowIsOnePageThatNamesIt() {
        long productId = api.newPage();
        Signs signs =
                faults.signs(() -> api.page(productId), page -> page.missing().equals(List.of("reviews")));
        try (Fault fault = faults.begin(
                "Slow neighbour", () -> scenario("apply", "delay-review"), () -> scenario("delete", "delay-review"))) {
            fault.awaitSigns(
                    signs.answer("200 without reviews"),
                    signs.metric(TIMEOUTS + " > 0"),
                    signs.trace("timeout, or refusal", span -> span.hasEvent("timeout") || isRefusedCallOfReview(span)),
                    signs.line(Services.COMPOSITE, "A degraded answer: without reviews"),
                    signs.alert("TrellisNeighbourSlow", Map.of("service", "review")));
            fault.awaitResolved(
                    Signs.answer("200, whole", () -> api.page(productId), Response::isWhole)
                            .afterwards(),
                    signs.metric("sum(%s) == 0".formatted(TIMEOUTS)).afterwards(),
                    signs.noAlert("TrellisNeighbourSlow"));
            fault.requireOnlyPage("TrellisNeighbourSlow");
        }
    }

    /** Whose setting is in milliseconds, and was taken for seconds. */
    @Test
    void aBadVersionOnATenthOfTheInstancesIsOnePageThatNamesIt() {
        long productId = api.newPage();
        landscape.installation().upgrade(SMALL);
        cluster.awaitRolledOut(Services.COMPOSITE);
        upgradeAllButOne(); // starts them at once, since the template of their pods stays as it is
        cluster.awaitRolledOut(Services.COMPOSITE);
        Signs signs = faults.signs(() -> api.page(productId), Response::isWhole);
        try (Fault fault = faults.begin("Bad version on a tenth of the instances", this::startOneBad, this::endIt)) {
            fault.awaitSigns(
                    signs.answer("200, whole: the gateway asks another instance"),
                    signs.metric(FAILED_READS + " > 0"),
                    signs.traceOfAnyLine(
                            Services.COMPOSITE,
                            FAILED_READ,
                            "503 of the version",
                            Signs.answering(Services.COMPOSITE, 503)
                                    .and(span -> BAD.equals(span.resource().get("service.version")))),
                    signs.anyLine(Services.COMPOSITE, FAILED_READ),
                    signs.alert("TrellisVersionFailing", Map.of("service", Services.COMPOSITE, "version", BAD)));
            fault.awaitResolved(
                    Signs.answer("200, whole", () -> api.page(productId), Response::isWhole)
                            .afterwards(),
                    signs.metric("sum(%s) == 0".formatted(FAILED_READS)).afterwards(),
                    signs.noAlert("TrellisVersionFailing"));
            fault.requireOnlyPage("TrellisVersionFailing");
        }
    }

    @Test
    void aPodThatIsKilledAgainAndAgainIsOnePageThatNamesIt() {
        long productId = api.newPage();
        Pod review = cluster.ready("review").getFirst();
        String name = Cluster.nameOf(review);
        Signs signs =
                faults.signs(() -> api.page(productId), page -> page.missing().equals(List.of("reviews")));
        var killer = new Killer(landscape, review);
        try (Fault fault = faults.begin("Pod killed repeatedly", killer::start, () -> {
            killer.close();
            cluster.resource(review).delete(); // or Kubernetes waits ever longer before it starts it again
        })) {
            fault.awaitSigns(
                    signs.answer("200 without reviews"),
                    signs.metric("increase(k8s_container_restarts{pod=\"%s\"}[3m]) > 1".formatted(name)),
                    signs.trace(
                            "a call of review that failed or was refused",
                            span -> isFailedCallOfReview(span) || isRefusedCallOfReview(span)),
                    signs.line(Services.COMPOSITE, "A degraded answer: without reviews"),
                    signs.alert("TrellisCrashLoop", Map.of("service", "review", "pod", name)));
            fault.awaitResolved(
                    Signs.answer("200, whole", () -> api.page(productId), Response::isWhole)
                            .afterwards(),
                    signs.metric("k8s_deployment_available{deployment=\"review\"} == 1")
                            .afterwards(),
                    signs.noAlert("TrellisCrashLoop"));
            fault.requireOnlyPage("TrellisCrashLoop");
        }
    }

    /** As soon as one is there, the roll-out is stopped. */
    private void startOneBad() {
        upgradeAllButOne(
                "product-composite.image.tag=" + BAD, // the digest decides which image it is
                "product-composite.settings.quarkus\\.fault-tolerance\\.global\\.timeout\\.value=1");
        await("a pod of the bad version").atMost(2, MINUTES).until(() -> !bad().isEmpty());
        cluster.pause(Services.COMPOSITE, true);
    }

    private void upgradeAllButOne(String... values) {
        landscape
                .installation()
                .upgrade(Stream.concat(
                                Stream.of("product-composite.replicaCount=" + (INSTANCES - 1), SMALL),
                                Stream.of(values))
                        .toArray(String[]::new));
    }

    private void endIt() {
        cluster.pause(Services.COMPOSITE, false);
        landscape.heal();
    }

    private List<Pod> bad() {
        return cluster.pods(Services.COMPOSITE).stream()
                .filter(pod -> BAD.equals(pod.getMetadata().getLabels().get("app.kubernetes.io/version")))
                .toList();
    }

    private void scenario(String verb, String name) {
        Command.of(
                        "kubectl",
                        verb,
                        "--namespace",
                        cluster.namespace(),
                        "--filename",
                        "istio/scenarios/" + name + ".yaml")
                .run();
    }

    /** An open circuit breaker lets through a few calls in ten seconds, which need not be those of the test. */
    private static boolean isRefusedCallOfReview(Span span) {
        return span.is(Services.COMPOSITE, "server") && span.hasEvent("circuit breaker refuses");
    }

    private static boolean isFailedCallOfReview(Span span) {
        return span.is(Services.COMPOSITE, "client")
                && span.attributes().getOrDefault("url.full", "").contains("/v1/reviews")
                && span.attributes().containsKey("error.type");
    }
}
