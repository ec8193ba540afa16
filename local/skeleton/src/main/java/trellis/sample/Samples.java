package trellis.sample;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import trellis.chassis.http.Rules;

/** The use cases. */
@ApplicationScoped
class Samples {

    private final SampleRepository repository;

    Samples(SampleRepository repository) {
        this.repository = repository;
    }

    /** Fails with {@link NoSuchSample} if there is none. */
    Uni<Sample> of(long productId) {
        return repository
                .of(Rules.requireId("productId", productId))
                .onItem()
                .ifNull()
                .failWith(() -> new NoSuchSample(productId));
    }

    Uni<Void> replace(Sample sample) {
        return repository.replace(sample);
    }

    /** Does nothing if there is none. */
    Uni<Void> delete(long productId) {
        return repository.deleteOf(productId);
    }
}
