package trellis.product;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import trellis.chassis.log.LogReader;
import trellis.chassis.log.State;

@ApplicationScoped
class ProductUpdates {

    /** The part of an update that this service reads: pinned/product-composite-update-v1.schema.json. */
    private record Page(long productId, String name, int weight) implements State {

        Product product() {
            return new Product(productId, name, weight);
        }
    }

    private final LogReader log;
    private final ProductCatalog catalog;

    ProductUpdates(LogReader log, ProductCatalog catalog) {
        this.log = log;
        this.catalog = catalog;
    }

    @Incoming("product-composites")
    Uni<Void> apply(ConsumerRecord<String, byte[]> record) {
        return log.each(record, Page.class, update -> update.state()
                .map(page -> catalog.replace(page.product()))
                .orElseGet(() -> catalog.delete(update.productId())));
    }
}
