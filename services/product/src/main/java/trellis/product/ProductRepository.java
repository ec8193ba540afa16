package trellis.product;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Products in PostgreSQL. */
@ApplicationScoped
class ProductRepository implements PanacheRepositoryBase<ProductEntity, Long> {

    /** Null if there is none. */
    Uni<Product> product(long productId) {
        return reachable(
                Panache.withSession(() -> findById(productId)).map(found -> found == null ? null : found.toProduct()));
    }

    Uni<List<Product>> products(long after, int limit) {
        return reachable(Panache.withSession(() -> find("productId > ?1 order by productId", after)
                .range(0, limit - 1)
                .list()
                .map(found -> found.stream().map(ProductEntity::toProduct).toList())));
    }

    /** Replaces or deletes the product in one transaction with the position reached; false if the update is not newer. */
    Uni<Boolean> apply(ProductUpdate update) {
        return reachable(Panache.withTransaction(
                () -> Panache.getSession().chain(session -> session.find(AppliedUpdate.class, update.productId())
                        .onItem()
                        .ifNull()
                        .switchTo(() -> Uni.createFrom().item(new AppliedUpdate(update.productId())))
                        .chain(last -> last.position >= update.position()
                                ? Uni.createFrom().item(false)
                                : replace(session, last, update).replaceWith(true)))));
    }

    private Uni<Void> replace(Mutiny.Session session, AppliedUpdate last, ProductUpdate update) {
        last.position = update.position();
        Uni<Void> reached = session.contains(last) ? Uni.createFrom().voidItem() : session.persist(last);
        return reached.chain(() -> update.product()
                .map(product -> session.merge(new ProductEntity(product)).replaceWithVoid())
                .orElseGet(() -> deleteById(update.productId()).replaceWithVoid()));
    }

    private static <T> Uni<T> reachable(Uni<T> work) {
        return work.onFailure(StoreUnavailable::isCauseOf).transform(StoreUnavailable::new);
    }
}
