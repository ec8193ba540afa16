package trellis.chassis.log;

import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;
import trellis.chassis.http.Unavailable;

/** The database can't be used at the moment; the same request may succeed later. */
class StoreUnavailable extends Unavailable {

    StoreUnavailable(Throwable cause) {
        super("The database is away", cause);
    }

    /**
     * Whether a failure says nothing about the request itself: no connection, a lost one, a server that stops or is short
     * of something, a statement that took too long, a transaction that lost a race. The classes of SQL states are those of
     * the PostgreSQL manual, appendix A.
     */
    static boolean isCauseOf(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(StoreUnavailable::passes);
    }

    private static boolean passes(Throwable failure) {
        return switch (failure) {
            case DatabaseException answer -> isTransient(answer.getSqlState());
            case SQLException answer -> isTransient(answer.getSQLState());
            case ConstraintViolationException race -> "applied_update_pkey".equals(race.getConstraintName());
            case StaleStateException race -> true;
            case IOException lost -> true;
            default ->
                Stream.of("io.vertx.", "io.netty.").anyMatch(failure.getClass().getName()::startsWith);
        };
    }

    private static boolean isTransient(String sqlState) {
        return sqlState != null
                && Stream.of("08", "28", "3D", "40", "53", "55", "57", "58").anyMatch(sqlState::startsWith);
    }
}
