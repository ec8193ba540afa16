package trellis.chassis.log;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import trellis.chassis.http.InvalidInput;
import trellis.chassis.http.Rules;
import trellis.chassis.http.StrictJson;
import trellis.chassis.http.UnreadableInput;

/**
 * Parses records exactly as their schema defines them: no value is defaulted, dropped, rounded or converted. The
 * producer may be newer, so unknown fields are ignored.
 */
@ApplicationScoped
class Records {

    /** A field that was added later is missing in the records before it, and its component an {@link Optional}. */
    private static class RequiredUnlessOptional extends NopAnnotationIntrospector {

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            return member.getRawType() != Optional.class;
        }
    }

    private final ObjectMapper json;

    Records(ObjectMapper strict) {
        json = StrictJson.tolerant(strict);
        json.setAnnotationIntrospector(AnnotationIntrospector.pair(
                new RequiredUnlessOptional(), json.getDeserializationConfig().getAnnotationIntrospector()));
        json.setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL));
        json.configOverride(Optional.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SET));
        json.registerModule(new SimpleModule()
                .setDeserializerModifier(new OptionalField.Modifier())
                .addDeserializer(int.class, new WholeNumber<>(int.class, BigDecimal::intValueExact))
                .addDeserializer(Integer.class, new WholeNumber<>(Integer.class, BigDecimal::intValueExact))
                .addDeserializer(long.class, new WholeNumber<>(long.class, BigDecimal::longValueExact))
                .addDeserializer(Long.class, new WholeNumber<>(Long.class, BigDecimal::longValueExact)));
    }

    /** Throws {@link InvalidInput} or {@link UnreadableInput} if the record can never be applied. */
    <S extends State> Update<S> update(ConsumerRecord<String, byte[]> record, Class<S> type) {
        long productId = productId(record.key());
        Optional<S> state = Optional.ofNullable(record.value()).map(value -> state(value, type));
        state.map(State::productId).filter(id -> id != productId).ifPresent(id -> {
            throw new InvalidInput("productId", "The key is " + productId + ", not " + id);
        });
        return new Update<>(productId, state);
    }

    private static long productId(String key) {
        try {
            long id = Long.parseLong(key);
            if (Long.toString(id).equals(key)) {
                return Rules.requireId("productId", id);
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new InvalidInput("key", "The key is not a productId: " + key);
    }

    private <S> S state(byte[] value, Class<S> type) {
        try {
            S state = json.readValue(StrictJson.text(value), type);
            if (state == null) {
                throw new UnreadableInput("The state can't be read: it is null");
            }
            return state;
        } catch (CharacterCodingException e) {
            throw new UnreadableInput("The state can't be read: it is not UTF-8");
        } catch (IOException e) {
            throw new UnreadableInput("The state can't be read: " + e.getMessage());
        }
    }
}
