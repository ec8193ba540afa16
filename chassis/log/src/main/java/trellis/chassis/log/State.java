package trellis.chassis.log;

/**
 * What a service reads of the value of a record: a Java record with exactly the fields that its pinned schema requires. A field that is
 * missing, null or of another type is refused; one that the service does not know is passed over.
 */
public interface State {

    /** Whose state it is: what the key of the record says too. */
    long productId();
}
