package trellis.composite;

import java.util.regex.Pattern;

/** What {@code /} answers to whoever has no browser: commands that can be pasted into a shell. */
final class NextCommands {

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");

    private static final String TEXT = """
            Product pages, assembled from small services. A browser shows them here: %1$s/

            List them:   curl%2$s '%1$s/v1/product-composites?limit=5'
            Read one:    curl%2$s -i %1$s/v1/product-composites/1
            Write one:   curl%2$s -i -X PUT %1$s/v1/product-composites/42 \\
                           -H 'Content-Type: application/json' -d '{"name": "Garden trellis", "weight": 2400}'
            Delete one:  curl%2$s -i -X DELETE %1$s/v1/product-composites/42
            """;

    private static final String TOKEN = """

            Each needs an access token of %s in $TOKEN, with the scope product:read or product:write.
            """;

    private NextCommands() {}

    /**
     * @param scheme that of the address that the caller has used
     * @param host the caller's Host header; not repeated if it is no host
     */
    static String of(String scheme, String host, WebPageSettings settings) {
        String address = scheme + "://" + (host != null && HOST.matcher(host).matches() ? host : "localhost");
        return settings.signIn() == null
                ? TEXT.formatted(address, "")
                : TEXT.formatted(address, " -H \"Authorization: Bearer $TOKEN\"")
                        + TOKEN.formatted(settings.signIn().issuer());
    }
}
