package trellis.product;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import trellis.chassis.http.Rules;

@ApplicationScoped
class ProductCatalog {

    private final ProductRepository repository;

    ProductCatalog(ProductRepository repository) {
        this.repository = repository;
    }

    /** Fails with {@link NoSuchProduct} if it does not exist. */
    Uni<Product> product(long productId) {
        return repository
                .product(Rules.requireId("productId", productId))
                .onItem()
                .ifNull()
                .failWith(() -> new NoSuchProduct(productId));
    }

    /** At most {@code limit} products, in the order of their ids, starting after the given id. */
    Uni<ProductPage> page(long after, int limit) {
        return repository
                .products(after, ProductPage.requireSize(limit) + 1)
                .map(found -> ProductPage.of(found, limit));
    }

    /** Creates the product or replaces all of it. */
    Uni<Void> replace(Product product) {
        return repository.replace(product);
    }

    /** Deletes the product if it exists. */
    Uni<Void> delete(long productId) {
        return repository.delete(productId);
    }
}
