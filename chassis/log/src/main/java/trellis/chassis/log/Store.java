package trellis.chassis.log;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * The service's database. Its operations fail with {@link trellis.chassis.http.Unavailable} while the database is
 * unavailable, and run to completion even if the caller disconnects: cancelling while a connection is being acquired
 * can leak it (quarkusio/quarkus#51576, hibernate/hibernate-reactive#4133).
 */
public final class Store {

    private Store() {}

    /** Reads in a session of its own. */
    public static <T> Uni<T> read(Supplier<Uni<T>> query) {
        return detached(reachable(Panache.withSession(query)));
    }

    /** Runs in a transaction of its own. */
    static <T> Uni<T> write(Supplier<Uni<T>> work) {
        return detached(reachable(Panache.withTransaction(work)));
    }

    private static <T> Uni<T> detached(Uni<T> work) {
        return Uni.createFrom().emitter(caller -> work.subscribe().with(caller::complete, caller::fail));
    }

    private static <T> Uni<T> reachable(Uni<T> work) {
        return work.onFailure(StoreUnavailable::isCauseOf).transform(StoreUnavailable::new);
    }
}
