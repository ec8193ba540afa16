package trellis.chassis.log;

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

    long position;

    @Version
    int version;

    protected AppliedUpdate() {}

    AppliedUpdate(long productId) {
        this.productId = productId;
        this.position = -1;
    }
}
