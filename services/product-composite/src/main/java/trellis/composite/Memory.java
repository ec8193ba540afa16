package trellis.composite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The products last seen, for when the product service can't be asked. */
@ApplicationScoped
class Memory {

    private final Cache<Long, KnownProduct> products;

    Memory(MemoryConfig config) {
        products = Caffeine.newBuilder()
                .maximumSize(config.size())
                .expireAfterWrite(config.keep())
                .build();
    }

    void remember(KnownProduct known) {
        products.put(known.product().productId(), known);
    }

    void forget(long productId) {
        products.invalidate(productId);
    }

    Optional<KnownProduct> recall(long productId) {
        return Optional.ofNullable(products.getIfPresent(productId)).map(KnownProduct::remembered);
    }
}
