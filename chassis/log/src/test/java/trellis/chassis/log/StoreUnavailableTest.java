package trellis.chassis.log;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static trellis.chassis.log.StoreUnavailable.isCauseOf;

import io.vertx.core.VertxException;
import io.vertx.core.json.DecodeException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.HibernateException;
import org.hibernate.StaleObjectStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;

class StoreUnavailableTest {

    @Test
    void isTheCauseWhenTheDatabaseCannotBeReached() {
        assertTrue(isCauseOf(new HibernateException("no connection", new ConnectException("refused"))));
        assertTrue(isCauseOf(state("57P01", "the administrator stops the server")));
        assertTrue(isCauseOf(state("53300", "too many connections")));
    }

    @Test
    void isTheCauseWhenAStatementTookTooLong() {
        assertTrue(isCauseOf(state("57014", "statement timeout")));
        assertTrue(isCauseOf(new VertxException("Timeout waiting for connection")));
    }

    @Test
    void isNotTheCauseOfALostRace() {
        for (Throwable race : List.of(
                state("40001", "could not serialize access"),
                new StaleObjectStateException("AppliedUpdate", 1),
                violation("applied_update_pkey"))) {
            assertFalse(isCauseOf(race));
            assertTrue(LostRace.isCauseOf(race));
        }
        assertFalse(LostRace.isCauseOf(violation("product_pkey")));
    }

    @Test
    void isNotTheCauseWhenTheDataOrTheProgramIsWrong() {
        assertFalse(isCauseOf(violation("product_pkey")));
        assertFalse(isCauseOf(state("22021", "invalid byte sequence")));
        assertFalse(isCauseOf(state("42P01", "no such table")));
        assertFalse(isCauseOf(new NullPointerException()));
        assertFalse(isCauseOf(new DecodeException("a bug in what reads an answer")));
    }

    private static HibernateException state(String state, String message) {
        return new HibernateException(message, new SQLException(message, state));
    }

    private static ConstraintViolationException violation(String constraint) {
        return new ConstraintViolationException(
                "duplicate key", new SQLException("duplicate key", "23505"), constraint);
    }
}
