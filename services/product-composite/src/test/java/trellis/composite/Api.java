package trellis.composite;

import static io.restassured.RestAssured.given;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.restassured.RestAssuredResponse;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls the service and holds each answer to the contract. What is asked may break it: that is what many tests are about. */
class Api {

    static final Path CONTRACT = Path.of("contract/product-composite-v1.yaml");

    private static final OpenApiInteractionValidator PROMISED =
            OpenApiInteractionValidator.createForInlineApiSpecification(read(CONTRACT))
                    .build();

    static RequestSpecification call() {
        return given().filter(Api::held);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response held(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext next) {
        Response response = next.next(request, expected);
        ValidationReport report = PROMISED.validateResponse(
                URI.create(request.getURI()).getPath(),
                Method.valueOf(request.getMethod()),
                RestAssuredResponse.of(response));
        if (report.hasErrors()) {
            throw new AssertionError(SimpleValidationReportFormat.getInstance().apply(report) + response.asString());
        }
        return response;
    }
}
