package trellis.review;

import static io.restassured.RestAssured.given;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.restassured.OpenApiValidationFilter;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls the service and holds each answer to the contract. */
class Api {

    static final Path CONTRACT = Path.of("contract/review-v1.yaml");

    private static final OpenApiInteractionValidator PROMISED =
            OpenApiInteractionValidator.createForInlineApiSpecification(read(CONTRACT))
                    .withLevelResolver(LevelResolver.create()
                            .withLevel(
                                    "validation.request",
                                    Level.IGNORE) // what a caller does wrong is what a test is about
                            .build())
                    .build();

    static RequestSpecification call() {
        return given().filter(new OpenApiValidationFilter(PROMISED));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
