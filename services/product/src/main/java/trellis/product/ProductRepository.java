package trellis.product;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import trellis.chassis.log.Store;

@ApplicationScoped
class ProductRepository implements PanacheRepositoryBase<ProductEntity, Long> {

    /** Null if it does not exist. */
    Uni<Product> product(long productId) {
        return Store.read(() -> findById(productId)).onItem().ifNotNull().transform(ProductEntity::toProduct);
    }

    Uni<List<Product>> products(long after, int limit) {
        return Store.read(() -> find("productId > ?1 order by productId", after)
                        .range(0, limit - 1)
                        .list())
                .map(found -> found.stream().map(ProductEntity::toProduct).toList());
    }

    /** In the current transaction. */
    Uni<Void> replace(Product product) {
        return delete(product.productId())
                .chain(() -> persist(new ProductEntity(product)))
                .replaceWithVoid();
    }

    /** In the current transaction. */
    Uni<Void> delete(long productId) {
        return delete("productId", productId).replaceWithVoid();
    }
}
