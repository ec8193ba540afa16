package trellis.chassis.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.function.Function;

/**
 * An integer as JSON Schema defines it: any number without a fraction, so 12.0 as well as 12 (Validation 2020-12,
 * section 6.1.1).
 */
class WholeNumber<T extends Number> extends StdScalarDeserializer<T> {

    private final transient Function<BigDecimal, T> exact;

    /** @param exact throws ArithmeticException if the number has a fraction or does not fit */
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
            return (T) context.handleWeirdNumberValue(handledType(), number, "not a whole number, or too large");
        }
    }
}
