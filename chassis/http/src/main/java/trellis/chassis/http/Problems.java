package trellis.chassis.http;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Maps exceptions to problem documents, RFC 9457. */
class Problems {

    private static final int UNPROCESSABLE_CONTENT = 422;

    private static final int BEFORE_THE_LIBRARY = 1;

    /** In seconds. */
    private static final int RETRY_AFTER = 1;

    /** The status alone explains the problem: RFC 9457, section 4.2.1. */
    static final URI NO_TYPE = URI.create("about:blank");

    private static final String VIOLATIONS = "violations";
    private static final String FIELD = "field";

    /** In one line of the log. */
    private static final int MOST_FIELDS = 10;

    private static HttpProblem.Builder problem(Status status, RuntimeException e) {
        return HttpProblem.builder()
                .withStatus(status)
                .withTitle(status.getReasonPhrase())
                .withDetail(e.getMessage());
    }

    private static HttpProblem invalid(String detail, List<Map<String, String>> violations) {
        return HttpProblem.builder()
                .withStatus(UNPROCESSABLE_CONTENT)
                .withTitle("Unprocessable Content")
                .withDetail(detail)
                .with(VIOLATIONS, violations)
                .build();
    }

    @Provider
    @Priority(BEFORE_THE_LIBRARY)
    static class NotFoundMapper extends ExceptionMapperBase<NotFound> {
        @Override
        protected HttpProblem toProblem(NotFound e) {
            return problem(Status.NOT_FOUND, e).build();
        }
    }

    @Provider
    @Priority(BEFORE_THE_LIBRARY)
    static class UnavailableMapper extends ExceptionMapperBase<Unavailable> {
        @Override
        protected HttpProblem toProblem(Unavailable e) {
            return problem(Status.SERVICE_UNAVAILABLE, e)
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                    .build();
        }
    }

    @Provider
    @Priority(BEFORE_THE_LIBRARY)
    static class UnreadableInputMapper extends ExceptionMapperBase<UnreadableInput> {
        @Override
        protected HttpProblem toProblem(UnreadableInput e) {
            return problem(Status.BAD_REQUEST, e).build();
        }
    }

    @Provider
    @Priority(BEFORE_THE_LIBRARY)
    static class InvalidInputMapper extends ExceptionMapperBase<InvalidInput> {
        @Override
        protected HttpProblem toProblem(InvalidInput e) {
            return invalid(e.getMessage(), List.of(Map.of(FIELD, e.field(), "message", e.getMessage())));
        }
    }

    /** Replaces the library's mapper, which sets no detail and adds a member that the contracts do not have. */
    @Provider
    @Priority(BEFORE_THE_LIBRARY)
    static class ViolationMapper extends ExceptionMapperBase<ConstraintViolationException> {

        /** A violation's path starts with the Java method and its parameter, which mean nothing to the caller. */
        private static final int NAMES_OF_THE_METHOD = 2;

        @Override
        protected HttpProblem toProblem(ConstraintViolationException e) {
            List<Map<String, String>> violations = e.getConstraintViolations().stream()
                    .map(each -> Map.of(FIELD, field(each), "message", each.getMessage()))
                    .sorted((a, b) -> a.get(FIELD).compareTo(b.get(FIELD)))
                    .toList();
            String detail = violations.stream()
                    .map(each -> each.get(FIELD) + " " + each.get("message"))
                    .collect(Collectors.joining("; "));
            return invalid(detail, violations);
        }

        private static String field(ConstraintViolation<?> violation) {
            return StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                    .skip(NAMES_OF_THE_METHOD)
                    .map(Path.Node::toString)
                    .collect(Collectors.joining("."))
                    .replace(".<list element>", "");
        }
    }

    @Provider
    @Priority(BEFORE_THE_LIBRARY)
    static class NotAllowedMapper extends ExceptionMapperBase<NotAllowedException> {
        @Override
        protected HttpProblem toProblem(NotAllowedException e) {
            String allowed = String.join(", ", Methods.allowed());
            return HttpProblem.builder()
                    .withStatus(Status.METHOD_NOT_ALLOWED)
                    .withTitle(Status.METHOD_NOT_ALLOWED.getReasonPhrase())
                    .withDetail("The allowed methods are " + allowed)
                    .withHeader(HttpHeaders.ALLOW, allowed)
                    .build();
        }
    }

    /** Sets every member that the contracts promise, including those that RFC 9457 makes optional. */
    @ApplicationScoped
    static class AllMembers implements ProblemPostProcessor {

        private final CurrentVertxRequest request;

        AllMembers(CurrentVertxRequest request) {
            this.request = request;
        }

        @Override
        public HttpProblem apply(HttpProblem problem, ProblemContext context) {
            return HttpProblem.builder(problem)
                    .withType(problem.getType() == null ? NO_TYPE : problem.getType())
                    .withDetail(problem.getDetail() == null ? problem.getTitle() : problem.getDetail())
                    .withInstance(Refusals.instance(request.getCurrent().request()))
                    .build();
        }
    }

    /**
     * Instead of the library's logger, which quotes the path and the reason and so whatever the caller has sent. Names
     * the fields that broke a rule, never their values.
     */
    @ApplicationScoped
    static class Logger implements ProblemPostProcessor {

        private final CurrentVertxRequest request;

        Logger(CurrentVertxRequest request) {
            this.request = request;
        }

        @Override
        public HttpProblem apply(HttpProblem problem, ProblemContext context) {
            String message = Route.of(request.getCurrent().request()) + " is answered with " + problem.getStatusCode()
                    + " " + problem.getTitle() + fields(problem);
            if (problem.getStatusCode() < Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
                Log.info(message);
            } else {
                Log.error(message, context.cause);
            }
            return problem;
        }

        private static String fields(HttpProblem problem) {
            return problem.getParameters().get(VIOLATIONS) instanceof List<?> violations
                    ? violations.stream()
                            .map(each -> String.valueOf(((Map<?, ?>) each).get(FIELD)))
                            .limit(MOST_FIELDS)
                            .collect(Collectors.joining(", ", " because of ", ""))
                    : "";
        }
    }
}
