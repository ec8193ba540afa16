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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationTest {

    /** Settings for which the applications keep Quarkus' default. */
    private static final Set<String> DEFAULTS_OF_QUARKUS = Set.of("quarkus.log.level");

    @Test
    void givesEveryServiceTheGlobalSettingsAndItsOwn() {
        Rendered landscape = Chart.landscape("dev")
                .with("global.settings.quarkus\\.log\\.level", "WARN")
                .with("review.settings.quarkus\\.log\\.level", "DEBUG")
                .render();
        assertThat(landscape.settings("product").getProperty("quarkus.log.level"))
                .isEqualTo("WARN");
        assertThat(landscape.settings("review").getProperty("quarkus.log.level"))
                .isEqualTo("DEBUG");
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
                .render()
                .settings("product-composite");
        assertThat(settings.getProperty("quarkus.fault-tolerance.global.circuit-breaker.failure-ratio"))
                .isEqualTo("0.5");
        assertThat(settings.getProperty("last-seen.size")).isEqualTo("1000000");
    }

    @Test
    void saysWhichValueEachSettingComesFrom() {
        String text = Chart.landscape("dev")
                .render()
                .one("ConfigMap", "product")
                .at("/data")
                .path("application.properties")
                .asText();
        assertThat(text)
                .contains("# global.settings\nquarkus.log.level=")
                .contains("# product.settings\ndatabase.address=");
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void offersOnlySettingsThatTheApplicationReads(String service) throws IOException {
        assertThat(schema("helm/" + service)
                        .at("/properties/settings/properties")
                        .fieldNames())
                .toIterable()
                .isNotEmpty()
                .filteredOn(setting -> !DEFAULTS_OF_QUARKUS.contains(setting))
                .isSubsetOf(application(service).stringPropertyNames());
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void assumesTheDefaultsOfTheApplication(String service) throws IOException {
        Chart silent = Chart.of(service);
        Chart told = silent;
        for (String setting : List.of("quarkus.shutdown.timeout", "kafka.bootstrap.servers", "database.address")) {
            String value = application(service).getProperty(setting);
            told = value == null ? told : told.withSetting(setting, value);
        }
        assertThat(silent.render().one("NetworkPolicy", service))
                .isEqualTo(told.render().one("NetworkPolicy", service));
        assertThat(gracePeriod(silent)).isPositive().isEqualTo(gracePeriod(told));
    }

    private static int gracePeriod(Chart chart) {
        return chart.render()
                .one("Deployment", chart.name())
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt();
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void boundsSharedSettingsTheSameInEveryChart(String service) throws IOException {
        JsonNode common = schema("helm/trellis-common");
        JsonNode own = schema("helm/" + service);
        JsonNode shared = common.at("/properties/global/properties/settings/properties");
        assertThat(common.at("/$defs")).isNotEmpty();
        assertThat(shared).isNotEmpty();
        assertThat(own.at("/$defs")).isEqualTo(common.at("/$defs"));
        shared.properties().stream()
                .filter(setting -> Chart.STORING.contains(service) || !isOfStores(setting.getKey()))
                .forEach(setting -> assertThat(
                                own.at("/properties/settings/properties").path(setting.getKey()))
                        .isEqualTo(setting.getValue()));
    }

    static Stream<String> charts() {
        return Stream.concat(
                Chart.SERVICES.stream().map(service -> "helm/" + service), Stream.of("helm/backing", "istio/mesh"));
    }

    @ParameterizedTest
    @MethodSource("charts")
    void describesEveryValueThatMayBeSet(String chart) throws IOException {
        List<String> lines = Files.readAllLines(Chart.REPOSITORY.resolve(chart).resolve("values.yaml"));
        for (int line = 1; line < lines.size(); line++) {
            boolean leaf = lines.get(line).matches(" *[a-zA-Z]+: .*");
            boolean inner = lines.get(line).matches(" {4,}.*");
            if (leaf && !inner) {
                assertThat(lines.get(line - 1)).as(lines.get(line)).matches(" *# (-- )?\\S.*");
            }
        }
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
