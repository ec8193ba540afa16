package trellis.composite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebPageConfigTest {

    @Test
    void hasDefaults() {
        WebPageConfig config = config(Map.of("page.traces", "", "page.sign-in.issuer", ""));
        assertTrue(config.enabled());
        assertEquals("web", config.signIn().client());
        assertEquals(Optional.empty(), config.signIn().issuer());
        assertEquals(new WebPageSettings(null, null, null), WebPageSettings.of(config));
    }

    @Test
    void takesAddresses() {
        WebPageConfig config = config(Map.of(
                "page.sign-in.issuer", "https://id.example:8443/realms/trellis",
                "page.sign-in.client", "shop-web",
                "page.traces", "https://jaeger.example/trace/{traceId}",
                "page.logs", "http://logs.example/select/vmui/?#/?query=trace_id:{traceId}&g0.range_input=1h"));
        assertEquals(
                new WebPageSettings(
                        new WebPageSettings.SignIn("https://id.example:8443/realms/trellis", "shop-web"),
                        "https://jaeger.example/trace/{traceId}",
                        "http://logs.example/select/vmui/?#/?query=trace_id:{traceId}&g0.range_input=1h"),
                WebPageSettings.of(config));
    }

    @ParameterizedTest
    @CsvSource({
        "page.traces,https://jaeger.example/trace/,contains {traceId}",
        "page.traces,javascript:alert('{traceId}'),http or https address",
        "page.logs,/logs/{traceId},http or https address",
        "page.logs,https://logs.example/\"{traceId},http or https address",
        "page.sign-in.issuer,id.example/realms/trellis,http or https address",
        "page.sign-in.issuer,https://id.example/?realm=trellis,without a query",
        "page.sign-in.issuer,https://id.example; script-src *,http or https address",
        "page.sign-in.client,a b,letters"
    })
    void refusesWhatIsNoAddress(String key, String value, String reason) {
        String message = assertThrows(ConfigValidationException.class, () -> config(Map.of(key, value)))
                .getMessage();
        assertTrue(message.contains(key.replace("sign-in", "signIn")) && message.contains(reason), message);
    }

    private static WebPageConfig config(Map<String, String> values) {
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            return new SmallRyeConfigBuilder()
                    .withMapping(WebPageConfig.class)
                    .withValidator(new BeanValidationConfigValidator() {
                        @Override
                        public Validator getValidator() {
                            return validators.getValidator();
                        }
                    })
                    .withDefaultValues(values)
                    .build()
                    .getConfigMapping(WebPageConfig.class);
        }
    }
}
