package trellis.e2e;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request that stays in flight until {@link #finish}: its last byte is held back. */
final class SlowPut {
    private final Socket socket;
    private final byte[] body;

    SlowPut(LiveLandscape landscape, long productId, String page) throws IOException {
        URI address = landscape.address();
        body = page.getBytes(StandardCharsets.UTF_8);
        socket = Trust.connect(address);
        socket.setSoTimeout(15_000);
        String token =
                landscape.token().map("Authorization: Bearer %s\r\n"::formatted).orElse("");
        String head = """
                PUT /v1/product-composites/%d HTTP/1.1\r
                Host: %s\r
                Content-Type: application/json\r
                %sContent-Length: %d\r
                Connection: close\r
                \r
                """.formatted(productId, address.getAuthority(), token, body.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(body, 0, body.length - 1);
        socket.getOutputStream().flush();
    }

    /** Sends the last byte and returns the whole response; empty if the connection was closed without one. */
    String finish() {
        try (socket) {
            socket.getOutputStream().write(body, body.length - 1, 1);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
