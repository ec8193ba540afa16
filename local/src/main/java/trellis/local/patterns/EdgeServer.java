package trellis.local.patterns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Only what is public passes, and only for those who may. */
record EdgeServer(Scene scene) implements Pattern {
    @Override
    public String name() {
        return "edge server";
    }

    @Override
    public String done() {
        return "requests through the gateway: without a token, with one, with one that may only read, to another path, by plain HTTP";
    }

    @Override
    public Finding show() {
        if (scene.edge().isEmpty()) {
            return Finding.notShown("there is no Gateway edge in the namespace "
                    + scene.cluster().namespace() + ": mesh.mode=sidecar brings it");
        }
        if (scene.tokens().isEmpty()) {
            return Finding.notShown("the gateway asks for no token: mesh.auth.enabled is false");
        }
        Tokens tokens = scene.tokens().get();
        Api api = scene.api();
        long page = scene.page().productId();
        Optional<String> token = Optional.of(tokens.token());
        Answer plain = api.at(scene.edge().get().plain(), Optional.empty()).page(page);
        List<Check> checks = new ArrayList<>(List.of(
                new Check(
                        "without a token",
                        401,
                        api.with(Optional.empty()).page(page).status()),
                new Check(
                        "with an invalid one",
                        401,
                        api.with(Optional.of("not.a.token")).page(page).status()),
                new Check("with a good one", 200, api.with(token).page(page).status()),
                new Check("/q/metrics", 404, api.with(token).get("/q/metrics").status()),
                new Check(
                        "/v1/products", 404, api.with(token).get("/v1/products").status())));
        tokens.reader()
                .ifPresent(reader -> checks.add(new Check(
                        "a write by the reader",
                        403,
                        api.with(Optional.of(reader)).delete(page).status())));
        checks.add(new Check("plain HTTP", 308, plain.status()));
        return Finding.of(
                checks.stream().allMatch(Check::holds) && plain.location().startsWith("https://"),
                "%s (to %s)",
                String.join(", ", checks.stream().map(Check::toString).toList()),
                plain.location().replaceFirst("(//[^/]+/).*", "$1..."));
    }

    private record Check(String what, int expected, int status) {
        boolean holds() {
            return status == expected;
        }

        @Override
        public String toString() {
            return what + " " + status + (holds() ? "" : " instead of " + expected);
        }
    }
}
