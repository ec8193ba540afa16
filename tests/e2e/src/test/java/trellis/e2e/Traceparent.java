package trellis.e2e;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** A trace that nobody else has begun. */
record Traceparent(String trace) {
    Traceparent() {
        this(random());
    }

    /** The value of the header that makes a request part of the trace. */
    String sampled() {
        return "00-" + trace + "-00f067aa0ba902b7-01";
    }

    /** The same, but no service may send a span of it. */
    String unsampled() {
        return "00-" + trace + "-00f067aa0ba902b7-00";
    }

    private static String random() {
        byte[] id = new byte[16];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
