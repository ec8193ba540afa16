package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

/** Sends a request as it is, even if no HTTP client would. */
final class RawHttpClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .sslContext(Trust.CONTEXT)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private RawHttpClient() {}

    static Response send(URI service, RequestDraft draft) throws IOException {
        try {
            URI address = URI.create(service + draft.target());
            if (address.toASCIIString().equals(address.toString())) {
                return sendByClient(address, draft);
            }
        } catch (IllegalArgumentException e) {
            // the client refuses such an address or header
        } catch (IOException e) {
            // a kept-alive connection may have been closed, and the client retries only a GET
        }
        return sendBySocket(service, draft);
    }

    private static Response sendByClient(URI address, RequestDraft draft) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).method(draft.method, publisher(draft));
        draft.headers.forEach(request::setHeader);
        try {
            return Response.of(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static BodyPublisher publisher(RequestDraft draft) {
        if (draft.body == null) {
            return BodyPublishers.noBody();
        }
        return draft.chunked
                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(draft.body))
                : BodyPublishers.ofByteArray(draft.body);
    }

    /** On a connection that is closed after the response. */
    private static Response sendBySocket(URI service, RequestDraft draft) throws IOException {
        StringBuilder head = new StringBuilder("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n"
                .formatted(draft.method, draft.target(), service.getAuthority()));
        draft.headers.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
        byte[] body = draft.body == null ? new byte[0] : draft.body;
        head.append("Content-Length: %d\r\n\r\n".formatted(body.length));
        return send(service, head.toString(), body);
    }

    /**
     * Sends the two as they are.
     *
     * @param head with {@code Connection: close}, unless the server is to close the connection anyway
     */
    static Response send(URI service, String head, byte[] body) throws IOException {
        try (Socket socket = Trust.connect(service)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(head.getBytes(UTF_8));
            try {
                socket.getOutputStream().write(body);
            } catch (IOException e) {
                // refused before all of it was sent: the response is already there
            }
            return response(new BufferedInputStream(socket.getInputStream()), head.startsWith("HEAD "));
        }
    }

    /** Does not wait for the end of the connection if the response says how long it is: a gateway takes a second to close it. */
    private static Response response(InputStream in, boolean withoutBody) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("No response: " + text);
            }
            text.append((char) next);
        }
        String[] head = text.toString().split("\r\n");
        HttpHeaders headers = HttpHeaders.of(
                Arrays.stream(head)
                        .skip(1)
                        .map(line -> line.split(": ?", 2))
                        .collect(groupingBy(line -> line[0], mapping(line -> line[1], toList()))),
                (name, value) -> true);
        int length = withoutBody
                ? 0
                : (int) headers.firstValueAsLong("Content-Length").orElse(Integer.MAX_VALUE);
        return new Response(Integer.parseInt(head[0].split(" ")[1]), headers, new String(in.readNBytes(length), UTF_8));
    }
}
