package trellis.composite;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.Status.Family;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** A service answered with a client error: a retry would not help, and the service is healthy. */
class Refused extends RuntimeException {

    Refused(Response answer) {
        super("A neighbour answered " + answer.getStatus());
    }

    /** The resource does not exist. */
    static class Absent extends Refused {

        Absent(Response answer) {
            super(answer);
        }
    }

    /** For the clients of all services. */
    static class Mapper implements ResponseExceptionMapper<Refused> {

        @Override
        public boolean handles(int status, MultivaluedMap<String, Object> headers) {
            return Family.familyOf(status) == Family.CLIENT_ERROR;
        }

        @Override
        public Refused toThrowable(Response answer) {
            return answer.getStatus() == Status.NOT_FOUND.getStatusCode() ? new Absent(answer) : new Refused(answer);
        }
    }
}
