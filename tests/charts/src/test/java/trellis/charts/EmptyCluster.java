package trellis.charts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A minimal API server in which the charts can look up Secrets. KUBECONFIG names the file with its address. */
final class EmptyCluster {

    private static final Map<String, String> secrets = new ConcurrentHashMap<>();

    static void start() {
        Path file = Path.of(System.getenv("KUBECONFIG")).toAbsolutePath();
        if (!file.startsWith(Path.of("target").toAbsolutePath())) { // it would be that of somebody's cluster
            throw new IllegalStateException(
                    "KUBECONFIG is not in target, where Maven has it for these tests, but " + file);
        }
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", EmptyCluster::answer);
            server.start();
            Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    current-context: empty
                    clusters: [{name: empty, cluster: {server: "http://127.0.0.1:%d"}}]
                    contexts: [{name: empty, context: {cluster: empty}}]
                    """.formatted(server.getAddress().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the Secret. */
    static void holds(String namespace, String secret, String key, String value) {
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        secrets.put("/api/v1/namespaces/%s/secrets/%s".formatted(namespace, secret), """
                {"kind": "Secret", "apiVersion": "v1", "data": {"%s": "%s"}}""".formatted(key, encoded));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String secret = secrets.get(path);
        if (path.equals("/api/v1")) {
            send(exchange, 200, """
                    {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
                      {"name": "secrets", "kind": "Secret", "namespaced": true, "verbs": ["get"]}]}""");
        } else if (secret != null) {
            send(exchange, 200, secret);
        } else {
            send(exchange, 404, """
                    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}""");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private EmptyCluster() {}
}
