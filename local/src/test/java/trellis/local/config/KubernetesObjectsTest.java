package trellis.local.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KubernetesObjectsTest {
    @Test
    void areTheSameFromKubectlAndFromHelm() {
        KubernetesObjects rendered = KubernetesObjects.fromYaml(Example.RENDERED + Example.AUTOSCALER);
        ObjectNode list = new ObjectMapper().createObjectNode().put("kind", "List");
        list.putArray("items").addAll(rendered.all());
        Optional<Workload> workload = rendered.workload("recommendation");
        assertTrue(workload.isPresent());
        assertEquals(workload, KubernetesObjects.fromJson(list.toString()).workload("recommendation"));
    }

    @Test
    void haveNoWorkloadOfAServiceWithoutADeployment() {
        assertEquals(
                Optional.empty(), KubernetesObjects.fromYaml(Example.AUTOSCALER).workload("recommendation"));
        assertEquals(
                Optional.empty(), KubernetesObjects.fromYaml(Example.RENDERED).workload("review"));
        assertEquals(
                Optional.empty(),
                KubernetesObjects.fromJson("{\"kind\": \"List\", \"items\": []}")
                        .workload("recommendation"));
    }

    @Test
    void areNotReadFromWhatIsNeitherJsonNorYaml() {
        assertThrows(IllegalStateException.class, () -> KubernetesObjects.fromJson("Error from server"));
        assertThrows(IllegalStateException.class, () -> KubernetesObjects.fromYaml("a: b: c"));
    }
}
