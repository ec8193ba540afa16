package trellis.composite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NextCommandsTest {

    private static final WebPageSettings NO_SIGN_IN = new WebPageSettings(null, null, null);

    @ParameterizedTest
    @ValueSource(strings = {"shop.example", "shop.example:8443", "127.0.0.1:8080", "[::1]:8080"})
    void nameTheHostThatTheCallerHasUsed(String host) {
        assertTrue(NextCommands.of("https", host, NO_SIGN_IN).contains(" https://" + host + "/v1/"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "$(reboot)", "a'b", "a b", "a;b", "a:b", "a`b"})
    void nameLocalhostForWhatIsNoHost(String host) {
        assertTrue(NextCommands.of("http", host, NO_SIGN_IN).contains(" http://localhost/v1/"));
    }
}
