package trellis.chassis.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Answers 400 to a parameter that is no number; JAX-RS on its own would claim that the page does not exist. */
@Provider
class NumberParameters implements ParamConverterProvider {

    /** JSON's, RFC 8259, section 6: each number is written in one way, so that nothing has two addresses. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");

    private static final Map<Class<?>, Function<String, ?>> PARSERS =
            Map.of(Long.class, Long::valueOf, Integer.class, Integer::valueOf);

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        return PARSERS.containsKey(type) ? new Converter<>(type, PARSERS.get(type)) : null;
    }

    private record Converter<T>(Class<T> type, Function<String, ?> parser) implements ParamConverter<T> {

        @Override
        public T fromString(String text) {
            if (!WHOLE_NUMBER.matcher(text).matches()) {
                throw new BadRequestException("Not a whole number: '" + text + "'"); // anything else would be a 404
            }
            try {
                return type.cast(parser.apply(text));
            } catch (NumberFormatException e) {
                throw new BadRequestException("Too large a number: " + text);
            }
        }

        @Override
        public String toString(T number) {
            return number.toString();
        }
    }
}
