package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of 127.0.0.1. */
public final class Ports {
    private Ports() {}

    /**
     * The first of a hundred ports reserved for this process: it listens there as long as it lives, so that no other
     * process takes them.
     */
    private static final class Claim { // made only when a free port is needed: `make run` has its fixed ports
        private static final ServerSocket SOCKET = claim();
        private static final AtomicInteger GIVEN = new AtomicInteger();
    }

    /**
     * A free port below the range that the system assigns to clients, so it stays free while its server is down. The same
     * port is not returned again before 98 others.
     */
    public static int free() {
        while (true) {
            int port = Claim.SOCKET.getLocalPort() + 1 + Claim.GIVEN.getAndIncrement() % 99;
            if (!taken(port)) {
                return port;
            }
        }
    }

    private static ServerSocket claim() {
        while (true) {
            int first = 20_000 + 100 * ThreadLocalRandom.current().nextInt(120);
            try {
                return new ServerSocket(first, 1, InetAddress.getByName("127.0.0.1"));
            } catch (BindException e) {
                // in use by another process
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static boolean taken(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // connections that linger from an earlier run don't count
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
