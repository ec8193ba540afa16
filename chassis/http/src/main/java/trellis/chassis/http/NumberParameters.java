package trellis.chassis.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;

/** Answers 400 to a parameter that is no number; JAX-RS on its own would claim that the page does not exist. */
@Provider
class NumberParameters implements ParamConverterProvider {

    private static final Map<Class<?>, Function<String, ?>> PARSERS =
            Map.of(Long.class, Long::valueOf, Integer.class, Integer::valueOf);

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        return PARSERS.containsKey(type) ? new Converter<>(type, PARSERS.get(type)) : null;
    }

    private record Converter<T>(Class<T> type, Function<String, ?> parser) implements ParamConverter<T> {

        @Override
        public T fromString(String text) {
            try {
                return type.cast(parser.apply(text));
            } catch (NumberFormatException e) {
                throw new BadRequestException("Not a whole number, or too large a one: '" + text + "'");
            }
        }

        @Override
        public String toString(T number) {
            return number.toString();
        }
    }
}
