package trellis.local;

import java.util.Locale;

/** Where something listens; the environment variable of the same name, with {@code _PORT} added, moves it. */
public enum Port {
    PRODUCT_COMPOSITE(8080, "product-composite"),
    PRODUCT(8081, "product"),
    RECOMMENDATION(8082, "recommendation"),
    REVIEW(8083, "review"),
    PRODUCT_COMPOSITE_MANAGEMENT(9080, "the health and metrics of product-composite"),
    PRODUCT_MANAGEMENT(9081, "the health and metrics of product"),
    RECOMMENDATION_MANAGEMENT(9082, "the health and metrics of recommendation"),
    REVIEW_MANAGEMENT(9083, "the health and metrics of review"),
    PRODUCT_DB(5441, "product's PostgreSQL"),
    RECOMMENDATION_DB(5442, "recommendation's PostgreSQL"),
    REVIEW_DB(5443, "review's PostgreSQL"),
    KAFKA(9192, "Kafka"),
    KAFKA_CONTROLLER(9193, "Kafka's controller");

    private final int usual;
    private final String purpose;

    Port(int usual, String purpose) {
        this.usual = usual;
        this.purpose = purpose;
    }

    int usual() {
        return usual;
    }

    /** What listens there, in words. */
    String purpose() {
        return purpose;
    }

    /** The environment variable that moves it. */
    public String setting() {
        return name() + "_PORT";
    }

    static Port of(String service) {
        return valueOf(constant(service));
    }

    static Port managementOf(String service) {
        return valueOf(constant(service) + "_MANAGEMENT");
    }

    static Port databaseOf(String service) {
        return valueOf(constant(service) + "_DB");
    }

    private static String constant(String service) {
        return service.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
