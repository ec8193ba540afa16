package trellis.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One HTTP/1.1 keep-alive connection that requests the same page repeatedly, with next to no overhead of its own. */
final class Connection implements Closeable {
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n", Pattern.CASE_INSENSITIVE);

    private final Socket socket;
    private final byte[] question;
    private final byte[] answer = new byte[64 * 1024];
    private int head;
    private int end;

    Connection(URI page) throws IOException {
        this(page, "");
    }

    /** @param headers further ones, each with its line break; the certificate of an https page has to be trusted by default */
    Connection(URI page, String headers) throws IOException {
        String target = page.getRawPath() + (page.getRawQuery() == null ? "" : "?" + page.getRawQuery());
        question = "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n%s\r\n"
                .formatted(target, page.getAuthority(), headers)
                .getBytes(StandardCharsets.US_ASCII);
        var connected = new Socket();
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(5_000);
        connected.connect(new InetSocketAddress(page.getHost(), page.getPort()));
        socket = page.getScheme().equals("https") ? secured(connected, page) : connected;
    }

    private static Socket secured(Socket connected, URI page) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secured = (SSLSocket) factory.createSocket(connected, page.getHost(), page.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name in the certificate
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** Sends the request, reads the whole response and returns its status. */
    int ask() throws IOException {
        socket.getOutputStream().write(question);
        int read = 0;
        head = -1;
        end = Integer.MAX_VALUE;
        while (read < end) {
            int more = socket.getInputStream().read(answer, read, answer.length - read);
            if (more < 0) {
                throw new EOFException("The response ended early");
            }
            read += more;
            if (head < 0) {
                head = endOfHead(read);
                end = head < 0 ? end : head + length(head);
            }
        }
        return Integer.parseInt(new String(answer, 9, 3, StandardCharsets.US_ASCII));
    }

    /** The body of the last response. */
    byte[] body() {
        return Arrays.copyOfRange(answer, head, end);
    }

    /** Whether the last response had this body. */
    boolean answered(byte[] body) {
        return Arrays.equals(answer, head, end, body, 0, body.length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int endOfHead(int read) {
        for (int end = 4; end <= read; end++) {
            if (answer[end - 1] == '\n' && answer[end - 2] == '\r' && answer[end - 3] == '\n') {
                return end;
            }
        }
        return -1;
    }

    private int length(int head) throws IOException {
        Matcher length = LENGTH.matcher(new String(answer, 0, head, StandardCharsets.US_ASCII));
        if (!length.find()) {
            throw new IOException("A response without Content-Length");
        }
        return Integer.parseInt(length.group(1));
    }
}
