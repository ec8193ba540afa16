package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import trellis.local.Services;

/** Checks a response against the contract, the flaws of the request, and the expected content of the pages. */
record ResponseCheck(List<ApiContract> contracts, GeneratedPages pages, Violations violations) {
    /** Statuses that any address may answer with, whether or not its operations list them. */
    private static final Set<Integer> ALWAYS_POSSIBLE = Set.of(404, 405, 406, 413, 414, 415, 431);

    void check(RequestDraft draft, Response response) {
        String all =
                draft + "\n    " + response.status() + " " + response.headers().map() + " " + response.body();
        if (!expected(draft).contains(response.status())) {
            violations.add(draft.kind() + " is answered with " + response.status() + ", not " + expected(draft), all);
        }
        if (!ALWAYS_POSSIBLE.contains(response.status())
                || draft.operation.statuses().contains(response.status())) {
            String broken = violations(draft, response);
            if (!broken.isEmpty()) {
                violations.add(
                        "%s answers %d against its contract: %s".formatted(draft.operation, response.status(), broken),
                        all);
            }
        }
        if (response.status() >= 400 && !draft.method.equals("HEAD")) {
            requireProblem(draft, response, all);
        }
        if ((response.status() == 405 || draft.method.equals("OPTIONS") && response.status() < 300)
                && response.header("Allow").isBlank()) {
            violations.add(draft.operation + ": " + response.status() + " without Allow", all);
        }
        if (draft.isValid() && draft.method.equals("GET") && !isShown(draft, response)) {
            violations.add(
                    draft.operation + " serves something else than was written",
                    all + "\n    instead of " + pages.expected(draft.productId));
        }
    }

    /** Whether a write was accepted. If it should not have been, the page's content is unknown from now on. */
    boolean accepted(RequestDraft draft, Response response) {
        if (!draft.operation.writes() || response.status() >= 300 || !draft.method.equals(draft.operation.method())) {
            return false;
        }
        if (!draft.isValid()) {
            pages.forget(draft.productId);
        } else if (draft.content == null) {
            pages.delete(draft.productId);
        } else {
            pages.put(draft.productId, draft.content);
        }
        return draft.isValid();
    }

    private Set<Integer> expected(RequestDraft draft) {
        if (draft.method.equals("OPTIONS")) {
            Set<Integer> expected = new TreeSet<>(draft.refusals());
            expected.addAll(Set.of(200, 204));
            return expected;
        }
        if (!draft.isValid()) {
            return draft.refusals();
        }
        if (draft.operation.writes()) {
            return Set.of(202);
        }
        boolean there = pages.isThere(draft.productId);
        if (pages.isUnknown(draft.productId)) {
            return Set.of(200, 304, 404, 412);
        }
        return there || !draft.operation.statuses().contains(404) ? draft.answeredBy : Set.of(404);
    }

    private String violations(RequestDraft draft, Response response) {
        boolean bodiless = draft.method.equals("HEAD");
        return bodiless || draft.method.equals("OPTIONS")
                ? ""
                : contracts.stream()
                        .filter(contract -> contract.service().equals(draft.operation.service()))
                        .findFirst()
                        .orElseThrow()
                        .violations(draft.operation, response);
    }

    private void requireProblem(RequestDraft draft, Response response, String all) {
        try {
            response.requireProblem(response.status());
        } catch (AssertionError e) {
            violations.add(
                    draft.operation + ": " + response.status() + " is not a problem document",
                    e.getMessage() + "\n    " + all);
        }
    }

    private boolean isShown(RequestDraft draft, Response response) {
        if (draft.productId == 0) {
            return isList(draft, response.json());
        }
        if (response.status() == 304 || response.status() == 412) {
            return true;
        }
        boolean shown = pages.isShownBy(response, draft.productId, partsShown(draft, response));
        if (shown && !response.header("ETag").isEmpty()) {
            pages.seen(draft.productId, response.header("ETag"));
        }
        return shown;
    }

    /** A page has all parts; the response of a core service has some of them, which its contract requires. */
    private static Set<String> partsShown(RequestDraft draft, Response response) {
        Set<String> parts = new TreeSet<>(GeneratedPages.PARTS);
        if (response.status() == 200 && !draft.operation.service().equals(Services.COMPOSITE)) {
            parts.removeIf(part -> !response.json().has(part));
        }
        return parts;
    }

    /** In ascending order, and each product as expected. */
    private boolean isList(RequestDraft draft, JsonNode list) {
        long last = Long.MIN_VALUE;
        for (JsonNode product : list.path("products")) {
            long productId = product.path("productId").asLong();
            if (productId <= last || !pages.isShownAs(product, productId)) {
                return false;
            }
            last = productId;
        }
        return list.has("products");
    }
}
