package trellis.composite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A cache of last-seen products, for when the product service is unavailable. */
@ApplicationScoped
class LastSeenProducts {

    private final Cache<Long, SeenProduct> products;

    LastSeenProducts(LastSeenConfig config) {
        products = Caffeine.newBuilder()
                .maximumSize(config.size())
                .expireAfterWrite(config.timeToLive())
                .build();
    }

    void put(SeenProduct known) {
        products.put(known.product().productId(), known);
    }

    void remove(long productId) {
        products.invalidate(productId);
    }

    Optional<SeenProduct> get(long productId) {
        return Optional.ofNullable(products.getIfPresent(productId)).map(SeenProduct::asLastSeen);
    }
}
