package trellis.recommendation;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import trellis.chassis.log.LogReader;
import trellis.chassis.log.State;

@ApplicationScoped
class RecommendationUpdates {

    /** The part of an update that this service reads: pinned/product-composite-update-v1.schema.json. */
    private record Page(long productId, List<Recommendation> recommendations) implements State {}

    private final LogReader log;
    private final Recommendations recommendations;

    RecommendationUpdates(LogReader log, Recommendations recommendations) {
        this.log = log;
        this.recommendations = recommendations;
    }

    @Incoming("product-composites")
    Uni<Void> apply(ConsumerRecord<String, byte[]> record) {
        return log.each(
                record,
                Page.class,
                update -> recommendations.replace(
                        update.productId(),
                        update.state().map(Page::recommendations).orElse(List.of())));
    }
}
