package trellis.composite;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import trellis.chassis.http.DegradedAnswer;
import trellis.chassis.http.InvalidInput;
import trellis.chassis.http.Rules;
import trellis.chassis.http.Unavailable;

@ApplicationScoped
class ProductComposites {

    private static final int LARGEST_PAGE = 100;

    private final Neighbours neighbours;
    private final LastSeenProducts lastSeen;
    private final UpdateLog updates;

    ProductComposites(Neighbours neighbours, LastSeenProducts lastSeen, UpdateLog updates) {
        this.neighbours = neighbours;
        this.lastSeen = lastSeen;
        this.updates = updates;
    }

    /**
     * The page of a product, its three parts requested concurrently. Fails with {@link NoSuchProduct} if the product
     * does not exist; is served without recommendations or reviews if those are unavailable. If the product service
     * is unavailable, the last-seen product is used; if there is none, fails with {@link Unavailable}.
     */
    Uni<ProductComposite> composite(long productId) {
        Rules.requireId("productId", productId);
        return Uni.combine()
                .all()
                .unis(
                        product(productId),
                        part("recommendations", neighbours.recommendations(productId)),
                        part("reviews", neighbours.reviews(productId)))
                .with(ProductComposite::of);
    }

    /** At most {@code limit} products, in the order of their ids, starting after the given id. */
    Uni<ProductPage> products(long after, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidInput(
                    "limit", "Invalid limit: " + limit + ", a page has 1 to " + LARGEST_PAGE + " products");
        }
        return neighbours.products(after, limit).onFailure().transform(ProductComposites::productUnavailable);
    }

    /**
     * Replaces the whole page. Completes when the broker has stored the update; fails with {@link Unavailable}
     * otherwise.
     */
    Uni<Void> replace(long productId, PageContent content) {
        return updates.append(Rules.requireId("productId", productId), Optional.of(content.requireDistinctIds()));
    }

    /** Deletes the page, whether or not it exists; otherwise like {@link #replace}. */
    Uni<Void> delete(long productId) {
        return updates.append(Rules.requireId("productId", productId), Optional.empty());
    }

    private Uni<SeenProduct> product(long productId) {
        return neighbours
                .product(productId)
                .map(SeenProduct::fresh)
                .invoke(lastSeen::put)
                .onFailure(NoSuchProduct.class)
                .invoke(() -> lastSeen.remove(productId))
                .onFailure(failure -> !(failure instanceof NoSuchProduct))
                .recoverWithUni(failure -> asLastSeen(productId, failure));
    }

    /** Fails with {@link Unavailable} if the product is not in the cache. */
    private Uni<SeenProduct> asLastSeen(long productId, Throwable failure) {
        return Uni.createFrom()
                .optional(lastSeen.get(productId))
                .onItem()
                .ifNotNull()
                .invoke(known -> DegradedAnswer.report("the product as of " + known.asOf(), failure))
                .onItem()
                .ifNull()
                .failWith(() -> productUnavailable(failure));
    }

    private static <T> Uni<Part<T>> part(String name, Uni<List<T>> items) {
        return items.map(found -> Part.present(name, found)).onFailure().recoverWithItem(failure -> {
            DegradedAnswer.report("without " + name, failure);
            return Part.missing(name);
        });
    }

    private static Unavailable productUnavailable(Throwable cause) {
        return new Unavailable("The product service is unavailable", cause);
    }
}
