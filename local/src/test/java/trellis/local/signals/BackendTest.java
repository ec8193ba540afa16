package trellis.local.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BackendTest {
    @Test
    void saysHowToInstallWhatIsNotThere() {
        List<String> said = List.of("Error from server (NotFound): services \"jaeger\" not found");
        assertEquals(
                "There is no jaeger in the namespace signals: helm install signals"
                        + " oci://<registry>/charts/trellis-observability --namespace signals installs it. NAMESPACE=..."
                        + " names another namespace",
                Backend.why("jaeger", "signals", said));
    }

    @Test
    void saysWhyKubectlDoesNotReachIt() {
        List<String> said = List.of(
                "E1126 18:06:41.242500   29173 memcache.go:381] \"Couldn't get current server API group list\"",
                "The connection to the server localhost:8080 was refused - did you specify the right host or port?");
        assertEquals(
                "victoria-logs in the namespace observability can't be reached by kubectl: The connection to the server"
                        + " localhost:8080 was refused - did you specify the right host or port?",
                Backend.why("victoria-logs", "observability", said));
    }
}
