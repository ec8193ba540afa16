package trellis.chassis.log;

import io.vertx.sqlclient.DatabaseException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;

/** Of two transactions on one product one has to be done again: the database is well, and the next try may win. */
final class LostRace {

    /** Of SQL states: transaction rollback, PostgreSQL manual, appendix A. */
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
