package trellis.chassis.log;

/**
 * What a service reads from a record's value: a Java record with exactly the fields that the service's pinned schema
 * requires. A field that is missing, null or of another type is refused; unknown fields are ignored.
 */
public interface State {

    /** Must equal the record's key. */
    long productId();
}
