package trellis.e2e;

/** Request bodies with product pages. */
final class Pages {
    private Pages() {}

    /** One recommendation, one review, and this name. */
    static String named(String name) {
        return page("\"" + name + "\"", "50");
    }

    /** Inserts the name and the rate unquoted, so they may be any JSON. */
    static String page(String name, String rate) {
        return """
                {"name": %s, "weight": 7,
                 "recommendations": [{"recommendationId": 1, "author": "Ada", "rate": %s, "content": "Good"}],
                 "reviews": [{"reviewId": 1, "author": "Bo", "subject": "Fine", "content": "It does what it should"}]}
                """.formatted(name, rate);
    }

    /** The same as a state on the log of updates. */
    static String state(long productId, String name) {
        return named(name).replaceFirst("\\{", "{\"productId\": " + productId + ", ");
    }
}
