package trellis.local.patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ManagedFieldsTest {
    private static final String HELM = """
            {"manager": "helm", "operation": "Apply",
             "fieldsV1": {"f:spec": {"f:replicas": {}, "f:strategy": {}}}}""";

    private static final String HELM_WITHOUT_REPLICAS = """
            {"manager": "helm", "operation": "Apply", "fieldsV1": {"f:spec": {"f:strategy": {}}}}""";

    private static final String OURS = """
            {"manager": "trellis-patterns", "operation": "Update", "fieldsV1": {"f:spec": {"f:replicas": {}}}}""";

    private static final String STATUS = """
            {"manager": "kube-controller-manager", "operation": "Update", "subresource": "status",
             "fieldsV1": {"f:status": {"f:%s": {}}}}""";

    @Test
    void giveHelmBackWhatThisProgramHasChanged() throws Exception {
        assertRestored(managers(HELM), managers(HELM), managers(HELM_WITHOUT_REPLICAS, OURS));
    }

    @Test
    void keepTheStateThatControllersHaveWrittenMeanwhile() throws Exception {
        assertRestored(
                managers(STATUS.formatted("replicas"), HELM),
                managers(HELM, STATUS.formatted("readyReplicas")),
                managers(STATUS.formatted("replicas"), HELM_WITHOUT_REPLICAS, OURS));
    }

    @Test
    void giveAManagerBackThatHadNothingElse() throws Exception {
        String autoscaler = OURS.replace("trellis-patterns", "autoscaler");
        assertRestored(
                managers(HELM_WITHOUT_REPLICAS, autoscaler),
                managers(autoscaler),
                managers(HELM_WITHOUT_REPLICAS, OURS));
    }

    @Test
    void keepWhatAnotherHasChangedMeanwhile() throws Exception {
        String kubectl = """
                {"manager": "kubectl", "operation": "Update", "fieldsV1": {"f:spec": {"f:paused": {}}}}""";
        assertRestored(managers(HELM, kubectl), managers(HELM), managers(HELM_WITHOUT_REPLICAS, kubectl, OURS));
    }

    private static void assertRestored(JsonNode expected, JsonNode before, JsonNode now) {
        assertEquals(expected, ManagedFields.restored(before, now));
    }

    private static JsonNode managers(String... entries) throws Exception {
        return new ObjectMapper().readTree("[" + String.join(",", entries) + "]");
    }
}
