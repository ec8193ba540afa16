package trellis.e2e;

import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Forwards a local port to a port of whichever pod there is at the time, and so outlives the pods. Connects from
 * within the pod's network namespace, so that neither a mesh nor a NetworkPolicy applies.
 */
final class Forward implements AutoCloseable {
    private final ServerSocketChannel server;

    /** @param localPort 0 for any free port */
    Forward(int localPort, int port, Supplier<Optional<PodResource>> pod) {
        try {
            server =
                    ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), localPort));
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + localPort + " can't be had", e);
        }
        Thread.ofPlatform().daemon().start(() -> accept(port, pod));
    }

    /** Host and port. */
    String address() {
        try {
            return "localhost:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the connection if there is no pod. */
    private void accept(int port, Supplier<Optional<PodResource>> pod) {
        while (server.isOpen()) {
            try {
                SocketChannel caller = server.accept();
                try {
                    pod.get().orElseThrow().portForward(port, caller, caller);
                } catch (RuntimeException e) {
                    caller.close();
                }
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
