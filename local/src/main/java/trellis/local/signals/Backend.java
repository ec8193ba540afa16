package trellis.local.signals;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the backends in the cluster, reached by {@code kubectl port-forward}: that needs no way into the cluster but
 * kubectl's own, and no exception in a NetworkPolicy, which the API server's proxy would.
 */
final class Backend implements AutoCloseable {
    private static final Pattern FORWARDED = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:([0-9]+) .*");

    private final String name;
    private final Process forward;
    private final URI address;

    private Backend(String name, Process forward, int port) {
        this.name = name;
        this.forward = forward;
        this.address = URI.create("http://127.0.0.1:" + port);
    }

    /**
     * Returns once it can be called.
     *
     * @throws IllegalStateException if it can't be reached, saying why
     */
    static Backend reach(String name, int port) {
        String namespace = Objects.requireNonNullElse(System.getenv("NAMESPACE"), "observability");
        try {
            Process forward = new ProcessBuilder(
                            "kubectl", "--namespace", namespace, "port-forward", "service/" + name, ":" + port)
                    .redirectErrorStream(true)
                    .start();
            List<String> said = new ArrayList<>();
            BufferedReader output = forward.inputReader();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher forwarded = FORWARDED.matcher(line);
                if (forwarded.matches()) {
                    return new Backend(name, forward, Integer.parseInt(forwarded.group(1)));
                }
                said.add(line);
            }
            throw new IllegalStateException(why(name, namespace, said));
        } catch (IOException e) {
            throw new IllegalStateException("kubectl can't be started, and is needed: " + e.getMessage(), e);
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
    HttpResponse<String> get(String pathAndQuery) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(pathAndQuery))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(name + " doesn't answer: " + e, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        forward.destroy();
    }
}
