package trellis.sample;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import trellis.chassis.log.Store;

@ApplicationScoped
class SampleRepository implements PanacheRepositoryBase<SampleEntity, Long> {

    /** Null if it does not exist. */
    Uni<Sample> of(long productId) {
        return Store.read(() -> findById(productId)).onItem().ifNotNull().transform(SampleEntity::toSample);
    }

    /** In the current transaction. */
    Uni<Void> replace(Sample sample) {
        return deleteOf(sample.productId())
                .chain(() -> persist(new SampleEntity(sample)))
                .replaceWithVoid();
    }

    /** In the current transaction. */
    Uni<Void> deleteOf(long productId) {
        return delete("productId", productId).replaceWithVoid();
    }
}
