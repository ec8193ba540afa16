package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** It takes the mesh's control plane away for a while, so nothing else should need that. */
@ClusterTest
class IdentityUnderLoadTest {
    private static final int PER_SECOND = 10;
    private static final int TEN_SECONDS = 10 * PER_SECOND;

    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private final KubernetesClient client;
    private final Keycloak keycloak;
    private final Api api;
    private final Api anybody;
    private final long there;

    IdentityUnderLoadTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        cluster = landscape.cluster();
        client = cluster.client();
        keycloak = new Keycloak(landscape);
        api = new Api(landscape);
        anybody = new Api(landscape::address, Optional::empty);
        there = api.newPage();
    }

    /** In a mesh that reads keys again every few seconds, as the box's does; by default it is every twenty minutes. */
    @Test
    void aNewKeyOfTheIssuerFailsNoRequestWithATokenByTheOldOne() {
        String old = keycloak.token("reader");
        try (Load load = Load.ofReads(landscape, old, there, PER_SECOND)) {
            load.awaitMore(20);
            keycloak.rotateTheKey();
            String byTheNewKey = keycloak.token("reader");
            assertNotEquals(Keycloak.keyOf(old), Keycloak.keyOf(byTheNewKey));
            awaitAccepted(byTheNewKey);
            load.awaitMore(TEN_SECONDS);
            load.requireNoFailure();
        }
    }

    @Test
    void anIssuerThatIsAwayFailsNoRequestWithAToken() {
        String token = keycloak.token("reader");
        awaitAccepted(token);
        try (Load load = Load.ofReads(landscape, token, there, PER_SECOND)) {
            load.awaitMore(20);
            landscape.stop(Keycloak.NAME);
            load.awaitMore(2 * TEN_SECONDS); // so that Istio has asked for the keys in vain
            landscape.start(Keycloak.NAME);
            cluster.awaitRolledOut(Keycloak.NAME);
            load.awaitMore(20);
            load.requireNoFailure();
        }
    }

    @Test
    void aControlPlaneThatIsAwayFailsNoRequest() {
        var controlPlanes = client.apps()
                .deployments()
                .inAnyNamespace()
                .withLabel("app", "istiod")
                .list()
                .getItems();
        assertTrue(!controlPlanes.isEmpty(), "No istiod");
        try (Load load = Load.ofReadsAndWrites(landscape, there, PER_SECOND)) {
            load.awaitMore(20);
            try {
                controlPlanes.forEach(each -> client.resource(each).scale(0));
                await("the end of istiod").atMost(60, SECONDS).until(() -> client.pods()
                        .inAnyNamespace()
                        .withLabel("app", "istiod")
                        .list()
                        .getItems()
                        .isEmpty());
                load.awaitMore(2 * TEN_SECONDS);
                api.newPage();
            } finally {
                controlPlanes.forEach(this::restore);
            }
            load.awaitMore(20);
            load.requireNoFailure();
        }
    }

    @Test
    void aPodOfTheGatewayThatIsDeletedFailsNoRequest() {
        landscape.installation().upgrade("mesh.gateway.replicas=2");
        await("two pods of the gateway")
                .atMost(60, SECONDS)
                .until(() -> cluster.gateway().size() == 2);
        Pod pod = cluster.gateway().getFirst();
        try (Load load = Load.ofReadsAndWrites(landscape, there, PER_SECOND)) {
            load.awaitMore(20);
            cluster.resource(pod).delete();
            await("another pod of the gateway")
                    .atMost(90, SECONDS)
                    .until(() -> cluster.resource(pod).get() == null
                            && cluster.gateway().size() == 2);
            load.awaitMore(20);
            load.requireNoFailure();
        }
    }

    @Test
    void policiesThatComeAndGoFailNoRequest() {
        Resource<GenericKubernetesResource> policy = client.resource(
                Serialization.unmarshal("""
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: nobody, namespace: %s}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}]
                  action: DENY
                  rules:
                    - to: [{operation: {paths: [/openapi]}}]
                """.formatted(cluster.namespace()), GenericKubernetesResource.class));
        try (Load load = Load.ofReadsAndWrites(landscape, there, PER_SECOND)) {
            load.awaitMore(20);
            policy.serverSideApply();
            await("the policy")
                    .atMost(60, SECONDS)
                    .until(() -> api.get("/openapi").status() == 403);
            landscape
                    .installation()
                    .upgrade(
                            "mesh.auth.issuers[1].issuer=https://elsewhere.test",
                            "mesh.auth.issuers[1].jwksUri="
                                    + landscape.keys()); // one that is away would delay all others
            load.awaitMore(TEN_SECONDS);
            policy.delete();
            await("the end of the policy")
                    .atMost(60, SECONDS)
                    .until(() -> api.get("/openapi").status() == 200);
            landscape.installation().upgrade();
            load.awaitMore(TEN_SECONDS);
            load.requireNoFailure();
        } finally {
            policy.delete();
        }
    }

    /** Its key may be a new one that Istio does not know yet. */
    private void awaitAccepted(String token) {
        await("a token that is accepted")
                .atMost(90, SECONDS)
                .until(() ->
                        anybody.page(there, "Authorization", "Bearer " + token).status() == 200);
    }

    private void restore(Deployment controlPlane) {
        var now = client.apps()
                .deployments()
                .inNamespace(controlPlane.getMetadata().getNamespace())
                .withName(Cluster.nameOf(controlPlane));
        now.scale(controlPlane.getSpec().getReplicas());
        now.waitUntilReady(90, SECONDS);
    }
}
