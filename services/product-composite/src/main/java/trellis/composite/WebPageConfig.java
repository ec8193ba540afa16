package trellis.composite;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/** The page that a browser shows at {@code /}. Public, since the values of an {@link Optional} are validated by reflection. */
@ConfigMapping(prefix = "page")
public interface WebPageConfig {

    /** An address of http or https that contains {@code {traceId}}. */
    String TEMPLATE = "https?://[^\\s\"'<>\\\\]*\\{traceId}[^\\s\"'<>\\\\]*";

    /** Whether there is one. */
    @WithDefault("true")
    boolean enabled();

    SignIn signIn();

    /** Where the trace of a request is shown. */
    Optional<
                    @Size(max = 2_000)
                    @Pattern(regexp = TEMPLATE, message = "must be an http or https address that contains {traceId}")
                    String>
            traces();

    /** Where the log lines of a request are shown. */
    Optional<
                    @Size(max = 2_000)
                    @Pattern(regexp = TEMPLATE, message = "must be an http or https address that contains {traceId}")
                    String>
            logs();

    /** How users of the page get a token. */
    interface SignIn {

        /** Of OpenID Connect; without it, the page sends no tokens. */
        Optional<
                        @Size(max = 2_000)
                        @Pattern(
                                regexp = "https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?",
                                message = "must be an http or https address without a query")
                        String>
                issuer();

        /** The client id of the page, which the issuer must know as a public client. */
        @WithDefault("web")
        @Pattern(regexp = "[A-Za-z0-9._-]{1,100}", message = "must consist of letters, digits, dots and hyphens")
        String client();
    }
}
