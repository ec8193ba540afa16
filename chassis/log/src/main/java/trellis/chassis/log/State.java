package trellis.chassis.log;

/**
 * What a service reads from a record's value: a Java record with the fields of the service's pinned schema. A field that
 * the schema does not require is an {@link java.util.Optional}. Any other missing field is refused, and so are null and
 * another type; unknown fields are ignored.
 */
public interface State {

    /** Must equal the record's key. */
    long productId();
}
