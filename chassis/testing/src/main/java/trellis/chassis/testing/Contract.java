package trellis.chassis.testing;

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
import java.net.URI;

/** The OpenAPI document in the module's contract/. */
public final class Contract {

    private static final OpenApiInteractionValidator PROMISED =
            OpenApiInteractionValidator.createForInlineApiSpecification(text()).build();

    private Contract() {}

    public static String text() {
        return Documents.text(Documents.only("contract", ".yaml"));
    }

    /**
     * Calls the service and validates the response against the contract. The request may break the contract, as many
     * tests need.
     */
    public static RequestSpecification call() {
        return given().filter(Contract::validated);
    }

    private static Response validated(
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
