package trellis.local.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A local port that leads to one of a pod or a Service, by {@code kubectl port-forward}: that needs no way into the
 * cluster but kubectl's own, and no exception in a NetworkPolicy, which the API server's proxy would.
 */
public final class PortForward implements AutoCloseable {
    private static final Pattern FORWARDED = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:([0-9]+) .*");

    /** It can't be had. */
    public static final class Refused extends RuntimeException {
        private final transient List<String> said;

        private Refused(List<String> said) {
            super(said.isEmpty() ? "kubectl said nothing" : said.getLast());
            this.said = List.copyOf(said);
        }

        /** What kubectl said. */
        public List<String> said() {
            return said;
        }
    }

    private final Process process;
    private final URI address;

    private PortForward(Process process, int port) {
        this.process = process;
        this.address = URI.create("http://127.0.0.1:" + port);
    }

    /**
     * Returns once it can be called.
     *
     * @param target such as {@code service/jaeger} or {@code pod/product-0}
     * @throws Refused if it can't be reached
     * @throws IllegalStateException if there is no kubectl
     */
    public static PortForward to(Kubectl kubectl, String target, int port) {
        try {
            Process process = kubectl.prepare(List.of("port-forward", target, ":" + port))
                    .redirectErrorStream(true)
                    .start();
            List<String> said = new ArrayList<>();
            BufferedReader output = process.inputReader();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher forwarded = FORWARDED.matcher(line);
                if (forwarded.matches()) {
                    drain(output);
                    return new PortForward(process, Integer.parseInt(forwarded.group(1)));
                }
                said.add(line);
            }
            throw new Refused(said);
        } catch (IOException e) {
            throw new IllegalStateException("kubectl can't be started, and is needed: " + e.getMessage(), e);
        }
    }

    public URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** It says a line for each connection, and would wait once the pipe is full. */
    private static void drain(BufferedReader output) {
        Thread.startVirtualThread(() -> {
            try {
                while (output.readLine() != null) {}
            } catch (IOException e) {
                // it has ended
            }
        });
    }
}
