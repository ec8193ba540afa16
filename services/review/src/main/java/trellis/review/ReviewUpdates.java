package trellis.review;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import trellis.chassis.log.LogReader;
import trellis.chassis.log.State;

@ApplicationScoped
class ReviewUpdates {

    /** The part of an update that this service reads: pinned/product-composite-update-v1.schema.json. */
    private record Page(long productId, List<Review> reviews) implements State {}

    private final LogReader log;
    private final Reviews reviews;

    ReviewUpdates(LogReader log, Reviews reviews) {
        this.log = log;
        this.reviews = reviews;
    }

    @Incoming("product-composites")
    Uni<Void> apply(ConsumerRecord<String, byte[]> record) {
        return log.each(
                record,
                Page.class,
                update -> reviews.replace(
                        update.productId(), update.state().map(Page::reviews).orElse(List.of())));
    }
}
