package trellis.chassis.log;

import io.vertx.sqlclient.DatabaseException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Recognizes a transaction that lost against a concurrent one on the same product: the database is available and a
 * retry may succeed.
 */
final class LostRace {

    /** The class of SQL states for transaction rollback: PostgreSQL manual, appendix A. */
    private static final String ROLLED_BACK = "40";

    private LostRace() {}

    static boolean isCauseOf(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(LostRace::isOne);
    }

    private static boolean isOne(Throwable failure) {
        return switch (failure) {
            case StaleStateException changed -> true;
            case ConstraintViolationException inserted -> "applied_update_pkey".equals(inserted.getConstraintName());
            case DatabaseException answer -> isRolledBack(answer.getSqlState());
            case SQLException answer -> isRolledBack(answer.getSQLState());
            default -> false;
        };
    }

    private static boolean isRolledBack(String sqlState) {
        return sqlState != null && sqlState.startsWith(ROLLED_BACK);
    }
}
