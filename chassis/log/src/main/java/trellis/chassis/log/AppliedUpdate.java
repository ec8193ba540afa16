package trellis.chassis.log;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/**
 * How far the log has been applied to one product. It outlives what is stored of the product, so that an update older than
 * the deletion can't bring it back, and its version is the lock under which all of it is replaced. It is public, since a Quarkus that
 * reloads classes has Hibernate's proxy of it in another class loader.
 */
@Entity
public class AppliedUpdate {

    @Id
    long productId;

    /** The offset. */
    long position;

    /** Null if it was applied before partitions were noted. */
    @Column(name = "log_partition")
    Integer partition;

    /** When the broker appended it, in milliseconds since 1970; null as the partition is. */
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
