package trellis.chassis.log;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.type.ReferenceType;
import java.util.Optional;

/** A field that may be missing, but not null: JSON Schema's {@code required} and {@code type} are two rules. */
class OptionalField extends DelegatingDeserializer {

    /** Has every {@link Optional} read in this way. */
    static class Modifier extends BeanDeserializerModifier {

        @Override
        public JsonDeserializer<?> modifyReferenceDeserializer(
                DeserializationConfig config,
                ReferenceType type,
                BeanDescription description,
                JsonDeserializer<?> deserializer) {
            return type.hasRawClass(Optional.class) ? new OptionalField(deserializer) : deserializer;
        }
    }

    private OptionalField(JsonDeserializer<?> value) {
        super(value);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> value) {
        return new OptionalField(value);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return Optional.empty();
    }

    @Override
    public Object getNullValue(DeserializationContext context) throws JsonMappingException {
        return context.reportInputMismatch(this, "A field that isn't required may be missing, but not null");
    }
}
