package trellis.chassis.log;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/**
 * The position of the last update that was applied to one product. It outlives the product, so that an update older
 * than the deletion cannot bring the product back, and its version is the optimistic lock for replacing the product's
 * data. The class is public because Quarkus' live reload defines Hibernate's proxy in another class loader.
 */
@Entity
public class AppliedUpdate {

    @Id
    long productId;

    /** The record's offset. */
    long position;

    /** Null if it was applied before partitions were recorded. */
    @Column(name = "log_partition")
    Integer partition;

    /** When the broker appended it, in milliseconds since 1970; null if the partition is. */
    Long appended;

    @Version
    int version;

    protected AppliedUpdate() {}

    AppliedUpdate(long productId) {
        this.productId = productId;
        position = -1;
    }

    boolean isBefore(Position next) {
        return next.isAfter(
                partition == null
                        ? new Position(next.partition(), position, 0)
                        : new Position(partition, position, appended));
    }

    void reach(Position next) {
        position = next.offset();
        partition = next.partition();
        appended = next.timestamp();
    }
}
