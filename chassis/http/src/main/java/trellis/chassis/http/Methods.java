package trellis.chassis.http;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;

/**
 * Answers OPTIONS, and finds the methods that a path supports. Quarkus does so per class, but several classes can
 * share a path: RFC 9110, sections 9.3.7 and 10.2.1.
 */
@Provider
@PreMatching
class Methods implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals("OPTIONS")) {
            Set<String> allowed = allowed();
            if (allowed.isEmpty()) {
                throw new NotFoundException();
            }
            request.abortWith(Response.ok().allow(allowed).build());
        }
    }

    /** The methods of the current request's path; empty if the path does not exist. */
    static Set<String> allowed() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        String path = request.getPathWithoutPrefix();
        RequestMapper<InitialMatch> classes =
                new RequestMapper<>(request.getDeployment().getClassMappers());
        Set<String> allowed = new TreeSet<>();
        RequestMatch<InitialMatch> match = classes.map(path);
        while (match != null) {
            allowed.addAll(allowed(match));
            match = classes.continueMatching(path, match);
        }
        return allowed;
    }

    private static Set<String> allowed(RequestMatch<InitialMatch> match) {
        Set<String> allowed = new TreeSet<>();
        String remaining = match.remaining.isEmpty() ? "/" : match.remaining; // as Quarkus passes it to its mappers
        for (Object handler : match.value.handlers) {
            if (handler instanceof ClassRoutingHandler methods) {
                methods.getMappers().forEach((method, resources) -> {
                    if (method != null && resources.map(remaining) != null) {
                        allowed.add(method);
                    }
                });
            }
        }
        return allowed;
    }
}
