package trellis.composite;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import trellis.chassis.http.InvalidInput;
import trellis.chassis.http.Rules;
import trellis.chassis.http.Unavailable;

/** What can be done with product pages. */
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
     * The page of a product, its three parts asked for at once. Without the product there is none ({@link NoSuchProduct});
     * without the others it still sells. If the product service can't be asked, the product as it was last seen has to
     * do, or the page is {@link Unavailable}.
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

    /** The products whose ids follow the given one, at most {@code limit} of them. */
    Uni<ProductPage> products(long after, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidInput(
                    "limit", "Invalid limit: " + limit + ", a page has 1 to " + LARGEST_PAGE + " products");
        }
        return neighbours.products(after, limit).onFailure().transform(ProductComposites::productAway);
    }

    /** Replaces the whole page. Done when the broker has it: fails with {@link Unavailable} if it could not be stored. */
    Uni<Void> replace(long productId, PageContent content) {
        return updates.append(Rules.requireId("productId", productId), Optional.of(content.requireDistinctIds()));
    }

    /** Deletes the page, whether or not there is one; otherwise as {@link #replace}. */
    Uni<Void> delete(long productId) {
        return updates.append(Rules.requireId("productId", productId), Optional.empty());
    }

    private Uni<KnownProduct> product(long productId) {
        return neighbours
                .product(productId)
                .map(KnownProduct::fresh)
                .invoke(lastSeen::put)
                .onFailure(NoSuchProduct.class)
                .invoke(() -> lastSeen.remove(productId))
                .onFailure(failure -> !(failure instanceof NoSuchProduct))
                .recoverWithUni(away -> asLastSeen(productId, away));
    }

    /** Fails with {@link Unavailable} if it was not seen for too long. */
    private Uni<KnownProduct> asLastSeen(long productId, Throwable away) {
        return Uni.createFrom()
                .optional(lastSeen.get(productId))
                .onItem()
                .ifNotNull()
                .invoke(known -> Log.warnf("Product %d is shown as of %s: %s", productId, known.asOf(), away))
                .onItem()
                .ifNull()
                .failWith(() -> productAway(away));
    }

    private static <T> Uni<Part<T>> part(String name, Uni<List<T>> items) {
        return items.map(found -> Part.present(name, found)).onFailure().recoverWithItem(away -> {
            Log.warnf("A page is served without %s: %s", name, away);
            return Part.missing(name);
        });
    }

    private static Unavailable productAway(Throwable cause) {
        return new Unavailable("The product service is away", cause);
    }
}
