package trellis.sample;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import trellis.chassis.http.Rules;

@ApplicationScoped
class Samples {

    private final SampleRepository repository;

    Samples(SampleRepository repository) {
        this.repository = repository;
    }

    /** Fails with {@link NoSuchSample} if it does not exist. */
    Uni<Sample> of(long productId) {
        return repository
                .of(Rules.requireId("productId", productId))
                .onItem()
                .ifNull()
                .failWith(() -> new NoSuchSample(productId));
    }

    /** Creates it or replaces all of it. */
    Uni<Void> replace(Sample sample) {
        return repository.replace(sample);
    }

    /** Does nothing if it does not exist. */
    Uni<Void> delete(long productId) {
        return repository.deleteOf(productId);
    }
}
