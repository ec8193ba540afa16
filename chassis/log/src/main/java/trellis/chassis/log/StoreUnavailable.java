package trellis.chassis.log;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import trellis.chassis.http.Unavailable;

/** The database can't be used at the moment; the same request may succeed later. */
class StoreUnavailable extends Unavailable {

    /**
     * Classes of SQL states, PostgreSQL manual, appendix A: no connection, no such user or database yet, short of resources, in use, told to stop, a
     * fault of its system.
     */
    private static final Set<String> TRANSIENT = Set.of("08", "28", "3D", "53", "55", "57", "58");

    StoreUnavailable(Throwable cause) {
        super("The database is away", cause);
    }

    /**
     * Whether a failure says nothing about the request itself: no connection, a lost one, a server that stops or is short of something, a statement
     * that took too long. Any other is a fault of the request or of the program, and waiting would not mend it.
     */
    static boolean isCauseOf(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(StoreUnavailable::passes);
    }

    private static boolean passes(Throwable failure) {
        return switch (failure) {
            case DatabaseException answer -> isTransient(answer.getSqlState());
            case SQLException answer -> isTransient(answer.getSQLState());
            case IOException lost -> true;
            case TimeoutException late -> true;
            case VertxException lost -> true; // these two are all that Vert.x' pool and its connections fail with
            case NoStackTraceThrowable lost -> true;
            default -> false;
        };
    }

    private static boolean isTransient(String sqlState) {
        return sqlState != null && TRANSIENT.stream().anyMatch(sqlState::startsWith);
    }
}
