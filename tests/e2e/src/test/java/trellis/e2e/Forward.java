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
 * A port of this machine that leads to a port of a pod, whichever it is at the time: it outlives the pods it leads to. The
 * pod is called from within, so that neither a mesh nor a network policy stands in the way.
 */
final class Forward implements AutoCloseable {
    private final ServerSocketChannel server;

    /** @param localPort any that is free if 0 */
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

    /** A caller that nobody is there for is hung up on. */
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
