package trellis.chassis.log;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Where the database is and how long to wait for it. */
@ConfigMapping(prefix = "database")
interface DatabaseConfig {

    /** Host and port. */
    String address();

    String name();

    String username();

    String password();

    /** How long a request waits for a connection, new or from the pool, before it is told that the database is away. */
    Duration connectTimeout();

    /** How long a statement may take; the database ends one that takes longer. Behind a pooler it is the database's own setting that holds. */
    Duration statementTimeout();

    /** Whether there is a pooler, such as PgBouncer, at the address. */
    boolean pooler();
}
