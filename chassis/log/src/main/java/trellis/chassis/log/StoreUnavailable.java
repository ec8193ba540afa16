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

/** The database is unavailable; the same request may succeed later. */
class StoreUnavailable extends Unavailable {

    /**
     * Classes of SQL states (PostgreSQL manual, appendix A): connection exception, invalid authorization, unknown
     * database, insufficient resources, object in use, operator intervention, system error.
     */
    private static final Set<String> TRANSIENT = Set.of("08", "28", "3D", "53", "55", "57", "58");

    StoreUnavailable(Throwable cause) {
        super("The database is unavailable", cause);
    }

    /**
     * Whether a failure is not due to the request itself: no connection, a lost one, a server that is stopping or out
     * of resources, or a statement timeout. Any other failure is an error of the request or the program, which a
     * retry would not fix.
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
            case VertxException lost -> true; // Vert.x' pool and connections fail only with these two
            case NoStackTraceThrowable lost -> true;
            default -> false;
        };
    }

    private static boolean isTransient(String sqlState) {
        return sqlState != null && TRANSIENT.stream().anyMatch(sqlState::startsWith);
    }
}
