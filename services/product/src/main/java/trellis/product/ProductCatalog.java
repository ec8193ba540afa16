package trellis.product;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import trellis.chassis.http.Rules;

/** What can be done with products. */
@ApplicationScoped
class ProductCatalog {

    private final ProductRepository repository;

    ProductCatalog(ProductRepository repository) {
        this.repository = repository;
    }

    /** Fails with {@link NoSuchProduct} if there is none. */
    Uni<Product> product(long productId) {
        return repository
                .product(Rules.requireId("productId", productId))
                .onItem()
                .ifNull()
                .failWith(() -> new NoSuchProduct(productId));
    }

    /** The products whose ids follow the given one, at most {@code limit} of them. */
    Uni<ProductPage> page(long after, int limit) {
        return repository
                .products(after, ProductPage.requireSize(limit) + 1)
                .map(found -> ProductPage.of(found, limit));
    }

    /** Makes the product what is given, whatever it was. */
    Uni<Void> replace(Product product) {
        return repository.replace(product);
    }

    /** Forgets the product, if there is one. */
    Uni<Void> delete(long productId) {
        return repository.delete(productId);
    }
}
