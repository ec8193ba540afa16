package trellis.chassis.log;

/**
 * What a service reads from a record's value: a Java record with the fields of the service's pinned schema. A field that
 * the schema does not require is an {@link java.util.Optional}. Any other field that is missing is refused, and so is null
 * or another type; unknown fields are ignored.
 */
public interface State {

    /** Must equal the record's key. */
    long productId();
}
