package trellis.local.skeleton;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * The name of a service, in each form that its files need: {@code price-list}, {@code priceList}, {@code PriceList},
 * {@code price_list}.
 */
record ServiceName(String text) {
    /** A DNS label (RFC 1035), short enough for suffixes such as -db-0. */
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private static final int LONGEST = 40;

    /** Each has another meaning in a chart or among the ports; the plural of value is reserved in PostgreSQL. */
    private static final Set<String> TAKEN = Set.of(
            "global", "tags", "trellis", "trellis-common", "backing", "mesh", "gateway", "edge", "kafka", "value");

    /** Names of workloads and ports of another service. */
    private static final Pattern OF_ANOTHER = Pattern.compile(".*-(db|management|controller|migration)");

    /**
     * @param isImported whether the skeleton uses a class of this name
     * @throws IllegalArgumentException if no service can have this name, saying why
     */
    static ServiceName of(String text, Predicate<String> isImported) {
        require(
                LABEL.matcher(text).matches(),
                text,
                "it needs lower-case letters and digits, joined by single hyphens");
        require(text.length() <= LONGEST, text, "it is longer than " + LONGEST + " characters");
        require(
                !TAKEN.contains(text) && !OF_ANOTHER.matcher(text).matches(),
                text,
                "that names something else already");
        ServiceName name = new ServiceName(text);
        require(SourceVersion.isName(name.packageName()), text, "Java reserves the word");
        for (String type : new String[] {name.type(), plural(name.type())}) {
            require(!isImported.test(type) && !isOfJava(type), text, "its class " + type + " would hide another");
        }
        return name;
    }

    /** The skeleton's text, with {@code sample} replaced by this name. */
    String in(String skeleton) {
        return skeleton.replace("/v1/samples", "/v1/" + plural(text))
                .replace("sample-v1", text + "-v1")
                .replace("trellis.sample", "trellis." + packageName())
                .replace("trellis/sample", "trellis/" + packageName())
                .replace("\"samples\"", '"' + plural(underscored()) + '"')
                .replace("table samples", "table " + plural(underscored()))
                .replace("__samples", "__" + plural(underscored()))
                .replace("Samples", plural(type()))
                .replace("Sample", type())
                .replace("samples", plural(variable()))
                .replace("sample", variable());
    }

    /** The text of another service, with its name and its paths replaced by this one's. */
    String insteadOf(String other, String its) {
        return its.replace("/v1/" + plural(other), "/v1/" + plural(text)).replace(other, text);
    }

    private String type() {
        return Arrays.stream(text.split("-")).map(ServiceName::capitalized).collect(Collectors.joining());
    }

    private String variable() {
        return type().substring(0, 1).toLowerCase(Locale.ROOT) + type().substring(1);
    }

    private String packageName() {
        return text.replace("-", "");
    }

    private String underscored() {
        return text.replace('-', '_');
    }

    private static String plural(String singular) {
        if (singular.matches(".*[^aeiou]y")) {
            return singular.substring(0, singular.length() - 1) + "ies";
        }
        return singular + (singular.matches(".*(s|x|z|ch|sh)") ? "es" : "s");
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static boolean isOfJava(String type) {
        try {
            Class.forName("java.lang." + type, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void require(boolean rule, String text, String reason) {
        if (!rule) {
            throw new IllegalArgumentException("A service can't be named '" + text + "': " + reason);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
