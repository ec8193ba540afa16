package trellis.review;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What a caller reads when there is no answer: problem documents, RFC 9457. */
class Problems {

    private static final int UNPROCESSABLE_CONTENT = 422;

    /** In seconds: what a client that was turned away is asked to wait. */
    private static final int RETRY_AFTER = 1;

    private static HttpProblem.Builder problem(int status, String title, String detail) {
        return HttpProblem.builder().withStatus(status).withTitle(title).withDetail(detail);
    }

    @Provider
    @Priority(Priorities.USER)
    static class Invalid extends ExceptionMapperBase<InvalidInput> {
        @Override
        protected HttpProblem toProblem(InvalidInput e) {
            return problem(UNPROCESSABLE_CONTENT, "Unprocessable Content", e.getMessage())
                    .with("violations", List.of(Map.of("field", e.field(), "message", e.getMessage())))
                    .build();
        }
    }

    @Provider
    @Priority(Priorities.USER)
    static class Unavailable extends ExceptionMapperBase<StoreUnavailable> {
        @Override
        protected HttpProblem toProblem(StoreUnavailable e) {
            return problem(Status.SERVICE_UNAVAILABLE.getStatusCode(), "Service Unavailable", "The database is away")
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                    .build();
        }
    }

    /** Every member that the contract promises is there, even where RFC 9457 lets it be left out. */
    @ApplicationScoped
    static class Complete implements ProblemPostProcessor {
        @Override
        public HttpProblem apply(HttpProblem problem, ProblemContext context) {
            return HttpProblem.builder(problem)
                    .withType(problem.getType() == null ? URI.create("about:blank") : problem.getType())
                    .withDetail(problem.getDetail() == null ? problem.getTitle() : problem.getDetail())
                    .build();
        }
    }
}
