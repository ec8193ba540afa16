package trellis.composite;

import java.util.Optional;

/**
 * What the page has to know of the landscape.
 *
 * @param signIn null if no token is needed
 * @param traces the address of a request's trace, with {@code {traceId}}; null if traces are shown nowhere
 * @param logs the same for its lines in the logs
 */
record WebPageSettings(SignIn signIn, String traces, String logs) {

    record SignIn(String issuer, String client) {}

    static WebPageSettings of(WebPageConfig config) {
        Optional<SignIn> signIn = config.signIn()
                .issuer()
                .map(issuer -> new SignIn(issuer, config.signIn().client()));
        return new WebPageSettings(
                signIn.orElse(null), config.traces().orElse(null), config.logs().orElse(null));
    }
}
