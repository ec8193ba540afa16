package trellis.product;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What can be done with products. Every answer may fail with {@link StoreUnavailable}. */
@ApplicationScoped
class ProductCatalog {

    private final ProductRepository repository;

    ProductCatalog(ProductRepository repository) {
        this.repository = repository;
    }

    /** Fails with {@link NoSuchProduct} if there is none. */
    Uni<Product> product(long productId) {
        return repository
                .product(Product.requireId(productId))
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

    /** Applies an update once: what is not newer than the last one applied to this product changes nothing. */
    Uni<Void> apply(ProductUpdate update) {
        return repository.apply(update).invoke(applied -> log(update, applied)).replaceWithVoid();
    }

    private static void log(ProductUpdate update, boolean applied) {
        String verb = !applied ? "is newer than" : update.product().isPresent() ? "replaced by" : "deleted by";
        Log.infof("Product %d %s update %d", update.productId(), verb, update.position());
    }
}
