package trellis.sample;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import trellis.chassis.log.LogReader;
import trellis.chassis.log.State;

@ApplicationScoped
class SampleUpdates {

    /** The part of an update that this service reads: pinned/product-composite-update-v1.schema.json. */
    private record Page(long productId, String name) implements State {

        Sample sample() {
            return new Sample(productId, name);
        }
    }

    private final LogReader log;
    private final Samples samples;

    SampleUpdates(LogReader log, Samples samples) {
        this.log = log;
        this.samples = samples;
    }

    @Incoming("product-composites")
    Uni<Void> apply(ConsumerRecord<String, byte[]> record) {
        return log.each(record, Page.class, update -> update.state()
                .map(page -> samples.replace(page.sample()))
                .orElseGet(() -> samples.delete(update.productId())));
    }
}
