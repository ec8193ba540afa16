package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The expected content of the pages, according to the writes that were accepted. */
final class GeneratedPages {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final List<Long> products;
    private final Map<Long, ObjectNode> pages = new HashMap<>();
    private final Map<Long, String> tags = new HashMap<>();
    private final Set<Long> unknown = new HashSet<>();

    GeneratedPages(List<Long> products) {
        this.products = products;
    }

    List<Long> products() {
        return products;
    }

    void put(long productId, ObjectNode content) {
        delete(productId);
        ObjectNode page = JSON.objectNode().put("productId", productId);
        content.propertyStream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> page.set(field.getKey(), field.getValue()));
        page.set("recommendations", sorted(content.path("recommendations"), "recommendationId"));
        page.set("reviews", sorted(content.path("reviews"), "reviewId"));
        page.set("missing", JSON.arrayNode());
        pages.put(productId, page);
    }

    void delete(long productId) {
        pages.remove(productId);
        tags.remove(productId);
        unknown.remove(productId);
    }

    /** For when a write was accepted that should have been refused. */
    void forget(long productId) {
        delete(productId);
        unknown.add(productId);
    }

    boolean isThere(long productId) {
        return pages.containsKey(productId);
    }

    boolean isUnknown(long productId) {
        return unknown.contains(productId);
    }

    /** For failure messages. */
    String expected(long productId) {
        return isThere(productId) ? pages.get(productId).toString() : "nothing";
    }

    /** Empty if the page has not been read since it was written. */
    String tag(long productId) {
        return tags.getOrDefault(productId, "");
    }

    /** Whether a response shows the page as expected, with these of its fields; a 404 if it should not exist. */
    boolean isShownBy(Response response, long productId, Set<String> fields) {
        if (unknown.contains(productId) || !products.contains(productId)) {
            return true;
        }
        if (!isThere(productId) && fields.contains("name")) {
            return response.status() == 404;
        }
        ObjectNode page = isThere(productId) ? pages.get(productId) : nothing();
        return response.status() == 200 && page.deepCopy().retain(fields).equals(response.json());
    }

    /** The same for a product in a list. */
    boolean isShownAs(JsonNode product, long productId, Set<String> fields) {
        return isUnknown(productId)
                || !products.contains(productId)
                || isThere(productId)
                        && pages.get(productId).deepCopy().retain(fields).equals(product);
    }

    /** Records the ETag of a page that is as expected. */
    void seen(long productId, String tag) {
        tags.put(productId, tag);
    }

    private static ObjectNode nothing() {
        ObjectNode nothing = JSON.objectNode();
        nothing.putArray("recommendations");
        nothing.putArray("reviews");
        return nothing;
    }

    private static ArrayNode sorted(JsonNode list, String id) {
        ArrayNode sorted = JSON.arrayNode();
        StreamSupport.stream(list.spliterator(), false)
                .sorted(Comparator.comparingLong(element -> element.path(id).asLong()))
                .forEach(sorted::add);
        return sorted;
    }
}
