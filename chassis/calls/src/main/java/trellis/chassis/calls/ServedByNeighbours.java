package trellis.chassis.calls;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.Response.Status.Family;
import jakarta.ws.rs.ext.Provider;
import trellis.chassis.http.ServedBy;

/** Adds the instances of other services that have answered calls to those of the request that the calls were made for. */
@Provider
class ServedByNeighbours implements ClientRequestFilter, ClientResponseFilter {

    /** The call remembers its request, since its answer may arrive in another context. */
    @Override
    public void filter(ClientRequestContext call) {
        ServedBy.current().ifPresent(request -> call.setProperty(ServedBy.HEADER, request));
    }

    /** A client error, such as 404, is an answer; an error of the server is none, and is retried or made up for. */
    @Override
    public void filter(ClientRequestContext call, ClientResponseContext answer) {
        String instances = answer.getHeaderString(ServedBy.HEADER);
        if (instances != null
                && call.getProperty(ServedBy.HEADER) instanceof ServedBy request
                && Family.familyOf(answer.getStatus()) != Family.SERVER_ERROR) {
            request.add(instances);
        }
    }
}
