package trellis.chassis.log;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

@ConfigMapping(prefix = "database")
interface DatabaseConfig {

    /** Host and port. */
    String address();

    String name();

    String username();

    String password();

    /** How long a request waits for a connection, new or pooled, before the database counts as unavailable. */
    Duration connectTimeout();

    /**
     * The longest that a statement may take; the database cancels it after that. Behind a pooler the database's own
     * setting applies instead.
     */
    Duration statementTimeout();

    /** Whether there is a connection pooler, such as PgBouncer, at the address. */
    boolean pooler();

    /** Whether this process only migrates the schema; {@link MigrationExit} ends it then. */
    boolean migrateAndExit();
}
