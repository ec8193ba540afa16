package trellis.local.skeleton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the files that are written; {@code tests/e2e} builds and runs them. */
class NewServiceTest {
    private static final Path REPOSITORY = Path.of("..");

    @TempDir
    private Path checkout;

    @BeforeEach
    void copyWhatItReads() throws IOException {
        for (String part : List.of("local/skeleton", "services/review/src", "helm", "istio")) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    copy(REPOSITORY.relativize(file));
                }
            }
        }
        copy(Path.of("services/review/pom.xml"));
        for (Listing listing : Listing.ALL) {
            copy(Path.of(listing.file()));
        }
    }

    @Test
    void spellsTheNameAsEachFileNeedsIt() throws IOException {
        new NewService(checkout, "price-list").write();
        assertTrue(read("services/price-list/src/main/java/trellis/pricelist/PriceLists.java")
                .contains("Uni<Void> replace(PriceList priceList)"));
        assertTrue(read("services/price-list/contract/price-list-v1.yaml").contains("/v1/price-lists/{productId}:"));
        assertTrue(read("services/price-list/src/main/resources/db/migration/V1__price_lists.sql")
                .contains("create table price_lists ("));
        assertTrue(read("services/price-list/src/main/java/trellis/pricelist/PriceListEntity.java")
                .contains("@Table(name = \"price_lists\")"));
        assertTrue(read("helm/price-list/values.yaml").contains("repository: trellis/price-list\n"));
        assertEquals(
                read("services/price-list/contract/price-list-v1.yaml"),
                read("services/price-list/src/main/resources/META-INF/openapi.yaml"));
        assertTrue(Pattern.compile(
                        "/build/artifacts/4/custom/buildCommand\n {8}value: PACKAGE=mutable-jar \\S+ price-list\n")
                .matcher(read("skaffold.yaml"))
                .find());
    }

    @Test
    void letsTheCompositeReadItsPaths() throws IOException {
        new NewService(checkout, "category").write();
        assertTrue(read("helm/category/templates/_connections.tpl")
                .contains("define \"category.connections\" -}}\ncallers:\n"
                        + "  product-composite: {methods: [GET], paths: [/v1/categories/*]}\n"));
    }

    @Test
    void addsOneEntryToEachList() throws IOException {
        new NewService(checkout, "price").write();
        for (Listing listing : Listing.ALL) {
            String before = Files.readString(REPOSITORY.resolve(listing.file()));
            assertEquals(0, entries(listing, "price", before), listing.toString());
            assertEquals(1, entries(listing, "price", read(listing.file())), listing.toString());
            assertEquals(1, entries(listing, "review", read(listing.file())), listing.toString());
        }
    }

    @Test
    void givesTheUmbrellaTheValuesOfItsChart() throws IOException {
        List<Path> written = new NewService(checkout, "price").write();
        assertTrue(written.contains(Path.of("helm/trellis/values.yaml")));
        assertTrue(read("helm/trellis/values.yaml").contains("repository: trellis/price\n"));
        assertTrue(read("helm/trellis/values.schema.json").contains("Whether price is part of the release"));
        assertTrue(read("helm/backing/values.yaml").contains("\n    price:\n"));
    }

    @Test
    void leavesNoTraceOfItsModel() throws IOException {
        List<Path> written = new NewService(checkout, "price").write();
        List<Path> own = written.stream()
                .filter(file -> file.startsWith("services/price") || file.startsWith("helm/price"))
                .toList();
        assertFalse(own.isEmpty());
        for (Path file : own) {
            String text = read(file.toString()).toLowerCase().replaceAll("sample(ratio|d)", ""); // of traces
            assertFalse(text.contains("review") || text.contains("sample"), file.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "user", "list", "category", "stock", "price2", "price-list-2", "a"})
    void takesAnyOtherName(String name) throws IOException {
        new NewService(checkout, name).write();
        assertTrue(read("pom.xml").contains("<module>services/" + name + "</module>"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', lower-case letters",
        "Price, lower-case letters",
        "price_list, lower-case letters",
        "2price, lower-case letters",
        "price-, lower-case letters",
        "../price, lower-case letters",
        "a-name-that-is-much-too-long-for-a-service, longer than 40",
        "kafka, names something else",
        "global, names something else",
        "product-db, names something else",
        "class, Java reserves",
        "map, hide another",
        "state, hide another",
        "string, hide another",
        "mesh, names something else",
        "backing, names something else",
        "trellis-common, names something else",
        "samples, There is a helm/samples already",
        "ambient, There is a istio/ambient already",
        "review, There is a services/review already",
    })
    void refusesANameThatCannotWorkAndWritesNothing(String name, String reason) throws IOException {
        String before = read("pom.xml");
        Files.createDirectories(checkout.resolve("helm/samples"));
        Files.createDirectories(checkout.resolve("istio/ambient"));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new NewService(checkout, name));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
        assertEquals(before, read("pom.xml"));
    }

    @Test
    void refusesASecondServiceOfTheSameName() {
        new NewService(checkout, "price").write();
        assertThrows(IllegalArgumentException.class, () -> new NewService(checkout, "price"));
    }

    @Test
    void writesNothingIfAListIsMissing() throws IOException {
        Files.writeString(checkout.resolve("skaffold.yaml"), "apiVersion: skaffold/v4beta13\n");
        NewService service = new NewService(checkout, "price");
        IllegalStateException refusal = assertThrows(IllegalStateException.class, service::write);
        assertEquals("skaffold.yaml has no entry of review to be copied", refusal.getMessage());
        assertFalse(Files.exists(checkout.resolve("services/price")));
        assertFalse(read("pom.xml").contains("price"));
    }

    private static long entries(Listing listing, String name, String text) {
        return Pattern.compile(listing.entry().replace("NAME", name))
                .matcher(text)
                .results()
                .count();
    }

    private String read(String file) throws IOException {
        return Files.readString(checkout.resolve(file));
    }

    private void copy(Path file) throws IOException {
        Files.createDirectories(checkout.resolve(file).getParent());
        if (!Files.exists(checkout.resolve(file))) {
            Files.copy(REPOSITORY.resolve(file), checkout.resolve(file));
        }
    }
}
