package trellis.e2e;

import static java.util.Comparator.comparing;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trellis.local.Services;

/**
 * Every ServiceAccount of the namespace tries every Service in it, by every method and at every path that its policy
 * names. Mesh and NetworkPolicies refuse each for itself: while the one is judged, the other lets everything through.
 */
@ClusterTest
@Timeout(value = 20, unit = MINUTES)
class CallersTest {
    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE");
    /** A connection that is open lives on with the rules of its beginning, and all attempts take most of a minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String PAGES = "/v1/product-composites";
    private static final String REALM = "/realms/trellis";
    private static final String THEME = "/resources/{*}/";
    private static final String KEYS = REALM + "/protocol/openid-connect/certs";

    /** Sends a text to a host and port, and reads the answer by a command; keeps the connection open until that ends. */
    private static final String SEND = """
            trap '' PIPE
            pipe=$(mktemp -u) && mkfifo $pipe
            timeout 40 nc -w 8 %2$s %3$s <$pipe | { %4$s; } &
            exec 3>$pipe
            printf '%1$s' >&3
            wait $!
            """;

    /** Has no part in the design. */
    private static final Caller STRANGER = new Caller("stranger", Map.of("app.kubernetes.io/name", "stranger"));

    /** Of a hook: it is there only while it runs. */
    private static final Caller HELM_TEST = new Caller(
            "product-composite-test",
            Map.of("app.kubernetes.io/name", "product-composite", "app.kubernetes.io/component", "test"));

    /** The design's calls, each as it is attempted below. */
    private static final Set<String> DESIGN = Stream.of(
                    calls("edge-istio", "product-composite", METHODS, PAGES, PAGES + "/*", "/openapi"),
                    calls(
                            "edge-istio",
                            "product-composite",
                            List.of("GET", "HEAD"),
                            Api.PUBLIC_PAGE.toArray(String[]::new)),
                    calls("edge-istio", "keycloak", METHODS, REALM, REALM + "/*", KEYS),
                    calls("edge-istio", "keycloak", List.of("GET"), THEME + "login/{**}", THEME + "common/{**}"),
                    calls("product-composite-test", "product-composite", List.of("GET", "PUT", "DELETE"), PAGES + "/*"),
                    calls("product-composite", "product", List.of("GET"), "/v1/products", "/v1/products/*"),
                    calls("product-composite", "recommendation", List.of("GET"), "/v1/recommendations"),
                    calls("product-composite", "review", List.of("GET"), "/v1/reviews"),
                    Services.CORE.stream().map(service -> service + ": " + service + "-db"),
                    Stream.concat(Services.ALL.stream(), Stream.of("kafka-topics"))
                            .map(caller -> caller + ": kafka"))
            .flatMap(edges -> edges)
            .collect(toCollection(TreeSet::new));

    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private List<Resource<? extends HasMetadata>> accounts;

    CallersTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        cluster = landscape.cluster();
    }

    @BeforeEach
    void createAccounts() {
        accounts = Stream.of(STRANGER, HELM_TEST)
                .<Resource<? extends HasMetadata>>map(caller -> create(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(caller.account())
                        .endMetadata()
                        .build()))
                .toList();
    }

    @AfterEach
    void deleteAccounts() {
        accounts.forEach(Resource::delete);
    }

    @Test
    void theMeshAloneRefusesEveryOtherCallByAccountMethodAndPath() {
        Set<Caller> callers = callers();
        callers.removeIf(caller -> !caller.name().equals(caller.account())); // the mesh knows them by their account
        Resource<? extends HasMetadata> network = create(openNetwork());
        try (StandIns standIns = new StandIns(cluster, landscape.shellImage(), callers, true)) {
            Set<String> all = attempts(callers);
            whileItIsOpen(openMesh(), () -> awaitAllowed(all, standIns, callers));
            Set<String> design = new TreeSet<>(DESIGN);
            // public keys: istiod, which reads them, has no identity
            callers.forEach(caller -> design.add(caller.name() + ": keycloak GET " + KEYS));
            awaitAllowed(design, standIns, callers);
            System.out.printf("    callers: %d calls, of which %d are allowed%n", all.size(), design.size());
            whileItIsOpen(openMesh(), () -> awaitAllowed(all, standIns, callers));
        } finally {
            network.delete();
        }
    }

    @Test
    void networkPoliciesAloneRefuseEveryOtherConnection() {
        Set<Caller> callers = callers();
        Resource<? extends HasMetadata> mesh = create(openMesh());
        requireEncryption("PERMISSIVE");
        try (StandIns standIns = new StandIns(cluster, landscape.shellImage(), callers, false)) {
            Set<String> all = connections(attempts(callers));
            whileItIsOpen(openNetwork(), () -> awaitConnected(all, standIns, callers));
            Set<String> design = connections(DESIGN);
            Services.CORE.forEach(service -> design.add(service + "-migration: " + service + "-db"));
            awaitConnected(design, standIns, callers);
            whileItIsOpen(openNetwork(), () -> awaitConnected(all, standIns, callers));
        } finally {
            requireEncryption("STRICT");
            mesh.delete();
        }
    }

    private void whileItIsOpen(HasMetadata policy, Runnable control) {
        Resource<? extends HasMetadata> open = create(policy);
        try {
            control.run();
        } finally {
            open.delete();
        }
    }

    private void awaitAllowed(Set<String> expected, StandIns standIns, Set<Caller> callers) {
        await().atMost(PATIENCE)
                .ignoreExceptions() // of a connection that ended too early on a busy machine
                .untilAsserted(() -> assertEquals("", difference(expected, allowed(standIns, callers))));
    }

    private void awaitConnected(Set<String> expected, StandIns standIns, Set<Caller> callers) {
        await().atMost(PATIENCE)
                .ignoreExceptions() // of a connection that ended too early on a busy machine
                .untilAsserted(() -> assertEquals("", difference(expected, connections(allowed(standIns, callers)))));
    }

    private Set<Caller> callers() {
        Set<Caller> callers = cluster.client().pods().inNamespace(cluster.namespace()).list().getItems().stream()
                .map(Caller::of)
                .collect(toCollection(() -> new TreeSet<>(comparing(Caller::name))));
        callers.add(STRANGER);
        callers.add(HELM_TEST);
        return callers;
    }

    private Set<String> attempts(Set<Caller> callers) {
        return callers.stream()
                .flatMap(caller -> services().stream()
                        .flatMap(service -> isHttp(service)
                                ? requests(Cluster.nameOf(service))
                                        .map(request -> Cluster.nameOf(service) + " " + request)
                                : Stream.of(Cluster.nameOf(service)))
                        .map(call -> caller.name() + ": " + call))
                .collect(toCollection(TreeSet::new));
    }

    /** Which of all attempts got through. */
    private Set<String> allowed(StandIns standIns, Set<Caller> callers) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(12)) {
            Set<String> allowed = new TreeSet<>();
            List<Future<Stream<String>>> results = callers.stream()
                    .flatMap(caller -> services().stream()
                            .map(service -> executor.submit(() -> allowed(standIns, caller, service))))
                    .toList();
            for (Future<Stream<String>> result : results) {
                result.get().forEach(allowed::add);
            }
            return allowed;
        }
    }

    private Stream<String> allowed(StandIns standIns, Caller caller, Service service) {
        String name = Cluster.nameOf(service);
        String call = caller.name() + ": " + name;
        if (!isHttp(service)) {
            return standIns.run(caller, connecting(name)).contains("connected") ? Stream.of(call) : Stream.empty();
        }
        List<String> requests = requests(name).toList();
        List<String> statuses =
                standIns.run(caller, asking(name, requests)).lines().toList();
        if (!statuses.isEmpty() && statuses.size() != requests.size()) {
            throw new IllegalStateException(call + " answered " + statuses + " to " + requests);
        }
        return Stream.iterate(0, i -> i < statuses.size(), i -> i + 1)
                .filter(i -> !statuses.get(i).endsWith(" 403"))
                .map(i -> call + " " + requests.get(i));
    }

    /** Prints the status of each response; all requests are sent over one connection, which the server closes. */
    private static String asking(String host, List<String> requests) {
        StringBuilder text = new StringBuilder();
        for (String request : requests) {
            text.append("%s HTTP/1.1\\r\\nHost: %s\\r\\nContent-Length: 0\\r\\n"
                    .formatted(
                            request.replace("/*", "/2147480001")
                                    .replace("{*}", "any")
                                    .replace("{**}", "any/file"),
                            host));
            text.append(request.equals(requests.getLast()) ? "Connection: close\\r\\n\\r\\n" : "\\r\\n");
        }
        return SEND.formatted(text, host, 80, "grep -ao 'HTTP/1.1 [0-9]*'");
    }

    private static String connecting(String host) {
        return host.endsWith("-db")
                ? "pg_isready --timeout=5 --host=" + host + " && echo connected"
                // ApiVersions, version 0, with correlation id 1, which the broker's answer begins with
                : SEND.formatted(
                        "\\0\\0\\0\\012\\0\\022\\0\\0\\0\\0\\0\\001\\377\\377",
                        host,
                        9092,
                        "[ $(head -c 8 | wc -c) = 8 ] && echo connected");
    }

    /** By every method, at the paths that the service's policies name and at one that none does. */
    private Stream<String> requests(String service) {
        Set<String> paths = new TreeSet<>(Set.of("/q/health"));
        cluster
                .client()
                .genericKubernetesResources("security.istio.io/v1", "AuthorizationPolicy")
                .inNamespace(cluster.namespace())
                .list()
                .getItems()
                .stream()
                .filter(policy ->
                        service.equals(policy.get("spec", "selector", "matchLabels", "app.kubernetes.io/name")))
                .forEach(policy -> addPaths(policy.get("spec"), paths));
        return paths.stream().flatMap(path -> METHODS.stream().map(method -> method + " " + path));
    }

    private static void addPaths(Object part, Set<String> paths) {
        if (part instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("paths")) {
                    ((List<?>) value).forEach(path -> paths.add(path.toString()));
                } else {
                    addPaths(value, paths);
                }
            });
        } else if (part instanceof List<?> list) {
            list.forEach(each -> addPaths(each, paths));
        }
    }

    private List<Service> services() {
        return cluster.client().services().inNamespace(cluster.namespace()).list().getItems().stream()
                .filter(service -> !service.getSpec().getSelector().containsKey(Caller.GATEWAY))
                .toList();
    }

    private static boolean isHttp(Service service) {
        return service.getSpec().getPorts().getFirst().getAppProtocol().startsWith("http");
    }

    private static Stream<String> calls(String caller, String service, List<String> methods, String... paths) {
        return methods.stream()
                .flatMap(method -> Stream.of(paths).map(path -> caller + ": " + service + " " + method + " " + path));
    }

    /** Without methods and paths. */
    private static Set<String> connections(Set<String> calls) {
        return calls.stream()
                .map(call -> call.replaceFirst("(: \\S+) .*", "$1"))
                .collect(toCollection(TreeSet::new));
    }

    /** A line for each call that was refused although it is expected, and the reverse. */
    private static String difference(Set<String> expected, Set<String> allowed) {
        return Stream.concat(
                        expected.stream()
                                .filter(call -> !allowed.contains(call))
                                .map(call -> "refused " + call),
                        allowed.stream()
                                .filter(call -> !expected.contains(call))
                                .map(call -> "allowed " + call))
                .collect(joining("\n"));
    }

    private Resource<? extends HasMetadata> create(HasMetadata object) {
        object.getMetadata().setNamespace(cluster.namespace());
        Resource<HasMetadata> resource = cluster.client().resource(object);
        resource.serverSideApply();
        return resource;
    }

    private static HasMetadata openNetwork() {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName("open")
                .endMetadata()
                .withNewSpec()
                .withPolicyTypes("Ingress", "Egress")
                .withNewPodSelector()
                .endPodSelector()
                .addNewIngress()
                .endIngress()
                .addNewEgress()
                .endEgress()
                .endSpec()
                .build();
    }

    private static HasMetadata openMesh() {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("security.istio.io/v1")
                .withKind("AuthorizationPolicy")
                .withNewMetadata()
                .withName("open")
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("rules", List.of(Map.of())))
                .build();
    }

    private void requireEncryption(String mode) {
        Resource<GenericKubernetesResource> peers = cluster.client()
                .genericKubernetesResources("security.istio.io/v1", "PeerAuthentication")
                .inNamespace(cluster.namespace())
                .withName("trellis");
        peers.patch(
                PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"mtls\": {\"mode\": \"%s\"}}}".formatted(mode));
    }
}
