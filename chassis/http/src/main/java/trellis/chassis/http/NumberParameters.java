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

/** Answers 400 to a parameter that is not a number; JAX-RS by default answers 404, as if the page did not exist. */
@Provider
class NumberParameters implements ParamConverterProvider {

    /**
     * As in JSON (RFC 8259, section 6): each number has exactly one spelling, so that no resource has two addresses.
     */
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
                throw new BadRequestException("Not a whole number: '" + text + "'"); // any other would become a 404
            }
            try {
                return type.cast(parser.apply(text));
            } catch (NumberFormatException e) {
                throw new BadRequestException("Number too large: " + text);
            }
        }

        @Override
        public String toString(T number) {
            return number.toString();
        }
    }
}
