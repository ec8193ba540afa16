package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The models of Kubernetes and Istio know every field of every object in every supported shape. */
class KubernetesTest {

    private final KubernetesSerialization kubernetes = new KubernetesSerialization();
    private final ObjectMapper strict = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false; // otherwise the models would accept any field
                }
            });

    static Stream<Chart> shapes() {
        Stream<Chart> others = Stream.of(
                Chart.landscape("dev"),
                Chart.landscape("prod"),
                Chart.landscape("dev").with("global.liveReload", true),
                Chart.landscape("dev").with("backing.persistence.enabled", false),
                Chart.of("backing"),
                Chart.of("observability"),
                Chart.of("observability").with("persistence.enabled", false),
                Chart.of("observability").with("alertmanager.webhook", "http://pager:8080/"),
                Chart.of("mesh").with("mode", "sidecar"));
        return Stream.of(
                        others,
                        Chart.shapes().map(Chart.landscape()::with),
                        Chart.SERVICES.stream().map(Chart::of))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void knowsEveryFieldOfEveryObject(Chart shape) {
        assertThat(shape.render().objects()).allSatisfy(object -> {
            Class<?> model = kubernetes.getRegisteredKubernetesResource(
                    object.path("apiVersion").asText(), object.path("kind").asText());
            assertThat(model)
                    .as("%s %s", object.path("apiVersion"), object.path("kind"))
                    .isNotNull();
            assertThatCode(() -> strict.treeToValue(object, model))
                    .as("%s %s", object.path("kind"), Rendered.nameOf(object))
                    .doesNotThrowAnyException();
        });
    }
}
