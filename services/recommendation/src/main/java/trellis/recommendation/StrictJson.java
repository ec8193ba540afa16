package trellis.recommendation;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.function.Function;

/**
 * What is read is taken as it was written or refused: nothing is made up, dropped, rounded or turned into another type. A writer may be newer,
 * so that fields that nobody here knows are passed over.
 */
@Singleton
class StrictJson implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper json) {
        json.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
        json.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        json.setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL));
        for (CoercionInputShape scalar : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            json.coercionConfigFor(LogicalType.Textual).setCoercion(scalar, CoercionAction.Fail);
        }
        json.getFactory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        json.registerModule(new SimpleModule()
                .addDeserializer(int.class, new WholeNumber<>(int.class, BigDecimal::intValueExact))
                .addDeserializer(long.class, new WholeNumber<>(long.class, BigDecimal::longValueExact)));
    }

    /** An integer as JSON Schema has it: any number without a fraction, 12.0 as well as 12 (Validation 2020-12, section 6.1.1). */
    private static class WholeNumber<T extends Number> extends StdScalarDeserializer<T> {

        private final transient Function<BigDecimal, T> exact;

        WholeNumber(Class<T> type, Function<BigDecimal, T> exact) {
            super(type);
            this.exact = exact;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.currentToken().isNumeric()) {
                return (T) context.handleUnexpectedToken(handledType(), parser);
            }
            BigDecimal number = parser.getDecimalValue();
            try {
                return exact.apply(number);
            } catch (ArithmeticException e) {
                return (T)
                        context.handleWeirdNumberValue(handledType(), number, "not a whole number, or too large a one");
            }
        }
    }
}
