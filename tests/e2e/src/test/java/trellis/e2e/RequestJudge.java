package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks a response against the contract, the flaws of the request, and the expected content of the pages. */
record RequestJudge(List<ApiContract> contracts, GeneratedPages pages, Disagreements disagreements) {
    /** Statuses that any address may answer with, whether or not its operations list them. */
    private static final Set<Integer> OF_ANY_ADDRESS = Set.of(404, 405, 406, 413, 414, 415, 431);

    void judge(RequestDraft draft, Answer answer) {
        String all = draft + "\n    " + answer.status() + " " + answer.headers().map() + " " + answer.body();
        if (!expected(draft).contains(answer.status())) {
            disagreements.add(draft.kind() + " is answered with " + answer.status() + ", not " + expected(draft), all);
        }
        if (!OF_ANY_ADDRESS.contains(answer.status())
                || draft.operation.statuses().contains(answer.status())) {
            String violations = violations(draft, answer);
            if (!violations.isEmpty()) {
                disagreements.add(
                        "%s answers %d against its contract: %s"
                                .formatted(draft.operation, answer.status(), violations),
                        all);
            }
        }
        if (answer.status() >= 400 && !draft.method.equals("HEAD")) {
            requireProblem(draft, answer, all);
        }
        if ((answer.status() == 405 || draft.method.equals("OPTIONS") && answer.status() < 300)
                && answer.header("Allow").isBlank()) {
            disagreements.add(draft.operation + ": " + answer.status() + " without Allow", all);
        }
        if (draft.isValid() && draft.method.equals("GET") && !isShown(draft, answer)) {
            disagreements.add(
                    draft.operation + " shows something else than was written",
                    all + "\n    instead of " + pages.expected(draft.productId));
        }
    }

    /** Whether a write was accepted. If it should not have been, the page's content is unknown from now on. */
    boolean accepted(RequestDraft draft, Answer answer) {
        if (!draft.operation.writes() || answer.status() >= 300 || !draft.method.equals(draft.operation.method())) {
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

    private String violations(RequestDraft draft, Answer answer) {
        boolean bodiless = draft.method.equals("HEAD");
        return bodiless || draft.method.equals("OPTIONS")
                ? ""
                : contracts.stream()
                        .filter(contract -> contract.service().equals(draft.operation.service()))
                        .findFirst()
                        .orElseThrow()
                        .violations(draft.operation, answer);
    }

    private void requireProblem(RequestDraft draft, Answer answer, String all) {
        try {
            answer.requireProblem(answer.status());
        } catch (AssertionError e) {
            disagreements.add(
                    draft.operation + ": " + answer.status() + " is no problem document",
                    e.getMessage() + "\n    " + all);
        }
    }

    private boolean isShown(RequestDraft draft, Answer answer) {
        if (draft.productId == 0) {
            return isList(draft, answer.json());
        }
        if (answer.status() == 304 || answer.status() == 412) {
            return true;
        }
        Set<String> parts =
                switch (draft.operation.service()) {
                    case "product" -> Set.of("productId", "name", "weight");
                    case "recommendation" -> Set.of("recommendations");
                    case "review" -> Set.of("reviews");
                    default -> GeneratedPages.PARTS;
                };
        boolean shown = pages.isShownBy(answer, draft.productId, parts);
        if (shown && !answer.header("ETag").isEmpty()) {
            pages.seen(draft.productId, answer.header("ETag"));
        }
        return shown;
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
