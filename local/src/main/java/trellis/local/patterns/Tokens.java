package trellis.local.patterns;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import trellis.local.cluster.Kubectl;

/** Tokens for a program that may read and write: the one of the variable {@code TOKEN}, or those of the demonstration's Keycloak. */
final class Tokens {
    private static final long RENEWED_AFTER = TimeUnit.MINUTES.toNanos(2); // the realm's are valid for five

    private final Kubectl kubectl;
    private final Optional<String> given =
            Optional.ofNullable(System.getenv("TOKEN")).filter(token -> !token.isBlank());
    private String latest;
    private long since;

    /** @throws IllegalStateException if none can be had */
    Tokens(Kubectl kubectl) {
        this.kubectl = kubectl;
        if (given.isEmpty() && issuer(kubectl).isEmpty()) {
            throw new IllegalStateException("The gateway asks for a token, and there is no Keycloak in the namespace "
                    + kubectl.namespace() + " to get one from: TOKEN=... is to be one with the scopes product:read and"
                    + " product:write");
        }
    }

    synchronized String token() {
        if (given.isPresent()) {
            return given.get();
        }
        if (latest == null || System.nanoTime() - since > RENEWED_AFTER) {
            try {
                latest = fetched("writer");
                since = System.nanoTime();
            } catch (IllegalStateException e) {
                if (latest == null) {
                    throw e;
                }
                // the latest is still valid for a while
            }
        }
        return latest;
    }

    /** A new one of a program that may only read; empty if there is only the given one. */
    Optional<String> reader() {
        return given.isPresent() ? Optional.empty() : Optional.of(fetched("reader"));
    }

    /** The address of the demonstration's Keycloak, as its clients know it. */
    static Optional<String> issuer(Kubectl kubectl) {
        return kubectl.find("statefulset", "keycloak").flatMap(keycloak -> keycloak.at("/spec/template/spec/containers")
                .valueStream()
                .flatMap(container -> container.path("env").valueStream())
                .filter(variable -> variable.path("name").asText().equals("KC_HOSTNAME"))
                .map(variable -> variable.path("value").asText())
                .findFirst());
    }

    private String fetched(String client) {
        var command = new ProcessBuilder("local/token").redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().put("CLIENT", client);
        command.environment().put("NAMESPACE", kubectl.namespace());
        try {
            Process process = command.start();
            String token = new String(process.getInputStream().readAllBytes()).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("There is no token for " + client);
            }
            return token;
        } catch (IOException e) {
            throw new IllegalStateException("local/token can't be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
