package trellis.chassis.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Refuses a query parameter that is empty or given several times, since it would be ambiguous. */
@Provider
class QueryParameters implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        request.getUriInfo().getQueryParameters().forEach(QueryParameters::requireOneValue);
    }

    private static void requireOneValue(String name, List<String> values) {
        if (values.size() > 1) {
            throw new UnreadableInput("The parameter " + name + " is given " + values.size() + " times");
        }
        if (values.getFirst().isEmpty()) {
            throw new UnreadableInput("The parameter " + name + " is empty");
        }
    }
}
