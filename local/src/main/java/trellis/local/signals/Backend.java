package trellis.local.signals;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import trellis.local.cluster.Kubectl;
import trellis.local.cluster.PortForward;

/** One of the backends of the observability in the cluster. */
public final class Backend implements AutoCloseable {
    private final String name;
    private final PortForward forward;

    private Backend(String name, PortForward forward) {
        this.name = name;
        this.forward = forward;
    }

    /** Reaches one in the namespace of the variable {@code NAMESPACE}, or {@code observability}. */
    static Backend reach(String name, int port) {
        return reach(new Kubectl(Objects.requireNonNullElse(System.getenv("NAMESPACE"), "observability")), name, port);
    }

    /**
     * Returns once it can be called.
     *
     * @throws IllegalStateException if it can't be reached, saying why
     */
    public static Backend reach(Kubectl kubectl, String name, int port) {
        try {
            return new Backend(name, PortForward.to(kubectl, "service/" + name, port));
        } catch (PortForward.Refused e) {
            throw new IllegalStateException(why(name, kubectl.namespace(), e.said()), e);
        }
    }

    /** What the output of kubectl means. */
    static String why(String name, String namespace, List<String> said) {
        if (said.stream().anyMatch(line -> line.contains("NotFound"))) {
            return "There is no " + name + " in the namespace " + namespace
                    + ": helm install signals oci://<registry>/charts/trellis-observability --namespace " + namespace
                    + " installs it. NAMESPACE=... names another namespace";
        }
        String reason = said.isEmpty() ? "kubectl said nothing" : said.getLast();
        return name + " in the namespace " + namespace + " can't be reached by kubectl: " + reason;
    }

    /** @throws IllegalStateException if there is no response */
    public HttpResponse<String> get(String pathAndQuery) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(forward.address().resolve(pathAndQuery))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(name + " doesn't answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        forward.close();
    }
}
