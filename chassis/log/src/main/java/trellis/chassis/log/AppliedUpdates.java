package trellis.chassis.log;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** How far the log has been applied, in the service's own database. */
@ApplicationScoped
class AppliedUpdates implements PanacheRepositoryBase<AppliedUpdate, Long> {

    /**
     * Does the work in one transaction with the position reached; false, and nothing is done, if the update is not newer than the last one
     * of this product.
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

    /** Takes the row's lock before the work begins: of two instances that apply updates of one product, one fails here and tries again. */
    private Uni<AppliedUpdate> reach(AppliedUpdate update, Position position) {
        update.reach(position);
        return persistAndFlush(update);
    }
}
