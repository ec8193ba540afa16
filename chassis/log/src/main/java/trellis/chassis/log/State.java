package trellis.chassis.log;

/**
 * What a service reads of the value of a record: a Java record with the fields of its pinned schema. A field that the schema does not require
 * is an {@link java.util.Optional}. Any other that is missing is refused, and so is null or another type; a field that the service does not know
 * is ignored.
 */
public interface State {

    /** Whose state it is: what the key of the record says too. */
    long productId();
}
