package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ConfigurationTest {

    @Test
    void givesEveryServiceTheGlobalSettingsAndItsOwn() {
        Rendered landscape = Chart.landscape("dev")
                .with("global.logLevel", "WARN")
                .with("review.logLevel", "DEBUG")
                .with("global.settings.database\\.connect-timeout", "1s")
                .with("review.settings.database\\.connect-timeout", "2s")
                .with("recommendation.settings.recommendation\\.minimum-rate", 7)
                .render();
        assertThat(landscape.settings("product").getProperty("quarkus.log.level"))
                .isEqualTo("WARN");
        assertThat(landscape.settings("review").getProperty("quarkus.log.level"))
                .isEqualTo("DEBUG");
        assertThat(landscape.settings("product").getProperty("database.connect-timeout"))
                .isEqualTo("1s");
        assertThat(landscape.settings("review").getProperty("database.connect-timeout"))
                .isEqualTo("2s");
        assertThat(landscape.settings("recommendation")).containsKey("recommendation.minimum-rate");
        assertThat(landscape.settings("product")).doesNotContainKey("recommendation.minimum-rate");
    }

    @Test
    void rollsOutExactlyTheServicesThatAChangeAffects() {
        Rendered before = Chart.landscape("dev").render();
        Rendered after = Chart.landscape("dev")
                .with("recommendation.settings.recommendation\\.minimum-rate", 50)
                .render();
        assertThat(Chart.SERVICES)
                .filteredOn(service -> !before.checksum(service).equals(after.checksum(service)))
                .containsExactly("recommendation");
        assertThat(before.one("Deployment", "product")).isEqualTo(after.one("Deployment", "product"));
    }

    @Test
    void rendersNumbersWithoutExponents() {
        Properties settings = Chart.landscape("dev")
                .with("product-composite.settings.last-seen\\.size", 1_000_000)
                .withYaml("""
                        product-composite:
                          settings: {quarkus.fault-tolerance.global.circuit-breaker.failure-ratio: 0.5}
                        """)
                .render()
                .settings("product-composite");
        assertThat(settings.getProperty("quarkus.fault-tolerance.global.circuit-breaker.failure-ratio"))
                .isEqualTo("0.5");
        assertThat(settings.getProperty("last-seen.size")).isEqualTo("1000000");
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void offersOnlySettingsThatTheApplicationReads(String service) throws IOException {
        assertThat(schema("helm/" + service)
                        .at("/properties/settings/properties")
                        .fieldNames())
                .toIterable()
                .isNotEmpty()
                .isSubsetOf(application(service).stringPropertyNames());
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void assumesTheDefaultsOfTheApplication(String service) throws IOException {
        Properties application = application(service);
        Properties charted = Chart.of(service).render().settings(service);
        for (String setting : List.of("kafka.bootstrap.servers", "database.address")) {
            assertThat(charted.getProperty(setting)).as(setting).isEqualTo(application.getProperty(setting));
        }
        Chart told = Chart.of(service)
                .withSetting("quarkus.shutdown.timeout", application.getProperty("quarkus.shutdown.timeout"));
        assertThat(gracePeriod(told)).isPositive().isEqualTo(gracePeriod(Chart.of(service)));
    }

    private static int gracePeriod(Chart chart) {
        return chart.render()
                .one("Deployment", chart.name())
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt();
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#STORING")
    void turnsKeysThatEveryUserSetsIntoSettings(String service) {
        Properties settings = Chart.of(service)
                .with("database.host", "pg.example.org")
                .with("database.port", 6432)
                .with("database.name", "shop")
                .with("kafka.bootstrapServers", "broker.example.org:9094")
                .with("tracing.endpoint", "http://collector:4317")
                .with("logLevel", "DEBUG")
                .render()
                .settings(service);
        assertThat(settings)
                .containsEntry("database.address", "pg.example.org:6432")
                .containsEntry("database.name", "shop")
                .containsEntry("kafka.bootstrap.servers", "broker.example.org:9094")
                .containsEntry("quarkus.otel.exporter.otlp.endpoint", "http://collector:4317")
                .containsEntry("quarkus.log.level", "DEBUG");
    }

    @Test
    void signsUsersOfThePageInWhereTheDemonstrationDoesOrTheUserSays() {
        Chart demonstration = Chart.landscape("dev").with("mesh.gateway.hostname", "shop.example.org");
        assertThat(demonstration.render().settings("product-composite"))
                .containsEntry("page.enabled", "true")
                .containsEntry("page.sign-in.issuer", "https://shop.example.org/realms/trellis")
                .containsEntry("page.sign-in.client", "web");
        assertThat(demonstration
                        .with("product-composite.page.signIn.issuer", "https://id.example.org/realms/shop")
                        .with("product-composite.page.signIn.client", "shop-page")
                        .render()
                        .settings("product-composite"))
                .containsEntry("page.sign-in.issuer", "https://id.example.org/realms/shop")
                .containsEntry("page.sign-in.client", "shop-page");
        assertThat(Chart.landscape().render().settings("product-composite"))
                .containsEntry("page.enabled", "true")
                .doesNotContainKeys("page.sign-in.issuer", "page.sign-in.client", "page.traces", "page.logs");
    }

    @Test
    void linksToTracesAndLogsWhereTheUserSaysTheyAre() {
        assertThat(Chart.landscape()
                        .with("product-composite.page.traces", "https://jaeger.example.org/trace/{traceId}")
                        .with("product-composite.page.logs", "https://logs.example.org/?q={traceId}")
                        .render()
                        .settings("product-composite"))
                .containsEntry("page.traces", "https://jaeger.example.org/trace/{traceId}")
                .containsEntry("page.logs", "https://logs.example.org/?q={traceId}");
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void saysWhichInstanceAnsweredUnlessInProduction(String service) {
        assertThat(Chart.landscape().render().settings(service)).containsEntry("served-by.enabled", "true");
        assertThat(Chart.landscape("prod").render().settings(service)).containsEntry("served-by.enabled", "false");
    }

    @Test
    void rendersNoDatabaseSettingsForAServiceWithoutADatabase() {
        Rendered landscape = Chart.landscape("dev").render();
        assertThat(landscape.settings("product").stringPropertyNames()).anyMatch(ConfigurationTest::isOfStores);
        assertThat(landscape.settings("product-composite").stringPropertyNames())
                .isNotEmpty()
                .noneMatch(ConfigurationTest::isOfStores);
    }

    private static boolean isOfStores(String setting) {
        return setting.matches("(database|quarkus\\.datasource|updates)\\..*");
    }

    /** The application's own settings, which override those of the chassis. */
    private static Properties application(String service) throws IOException {
        String dependencies = Files.readString(Chart.REPOSITORY.resolve("services/" + service + "/pom.xml"));
        Properties application = new Properties();
        load(application, "chassis/http/src/main/resources/META-INF/microprofile-config.properties");
        if (dependencies.contains("<artifactId>chassis-log</artifactId>")) {
            load(application, "chassis/log/src/main/resources/META-INF/microprofile-config.properties");
        }
        load(application, "services/" + service + "/src/main/resources/application.properties");
        application.replaceAll((setting, value) -> value.toString().replace("${quarkus.application.name}", service));
        return application;
    }

    private static void load(Properties settings, String file) throws IOException {
        try (Reader reader = Files.newBufferedReader(Chart.REPOSITORY.resolve(file))) {
            settings.load(reader);
        }
    }

    private static JsonNode schema(String chart) throws IOException {
        Path file = Chart.REPOSITORY.resolve(chart).resolve("values.schema.json");
        return new ObjectMapper().readTree(Files.readString(file));
    }
}
