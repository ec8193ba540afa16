package trellis.chassis.log;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** The last applied update of each product, in the service's own database. */
@ApplicationScoped
class AppliedUpdates implements PanacheRepositoryBase<AppliedUpdate, Long> {

    /**
     * Does the work in one transaction with recording the position. Does nothing and returns false if the update is
     * not newer than the last one applied to this product.
     */
    Uni<Boolean> advance(long productId, Position position, Supplier<Uni<Void>> work) {
        return Store.write(() -> last(productId)
                .chain(last -> last.isBefore(position)
                        ? reach(last, position).chain(work::get).replaceWith(true)
                        : Uni.createFrom().item(false)));
    }

    private Uni<AppliedUpdate> last(long productId) {
        return findById(productId).onItem().ifNull().continueWith(() -> new AppliedUpdate(productId));
    }

    /**
     * Locks the row before the work begins: if two instances apply updates of one product, one of them fails here and
     * retries.
     */
    private Uni<AppliedUpdate> reach(AppliedUpdate update, Position position) {
        update.reach(position);
        return persistAndFlush(update);
    }
}
