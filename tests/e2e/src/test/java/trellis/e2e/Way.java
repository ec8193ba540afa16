package trellis.e2e;

import java.net.URI;

/**
 * How a landscape's gateway is reached.
 *
 * @param hostname as in the values of the gateway; empty for the default
 * @param plainPort for HTTP; two landscapes may share one address
 * @param port for HTTPS
 */
record Way(String hostname, int plainPort, int port) {
    /** The host name in the certificate. */
    String host() {
        return hostname.isEmpty() ? "trellis.localhost" : hostname;
    }

    URI address() {
        return address("https", port, 443);
    }

    URI plainAddress() {
        return address("http", plainPort, 80);
    }

    private URI address(String scheme, int port, int usual) {
        return URI.create(scheme + "://" + host() + (port == usual ? "" : ":" + port));
    }
}
