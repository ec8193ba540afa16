package trellis.e2e;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The OpenAPI document in a service's {@code contract/}. */
final class ApiContract {
    private static final Set<String> METHODS = Set.of("get", "put", "delete");

    private final String service;
    private final JsonNode document;
    private final OpenApiInteractionValidator validator;

    /**
     * @param body the schema of the request body; missing if the operation has none
     * @param answer the schema of a response with 200; missing if there is none
     */
    record Operation(
            String service,
            String method,
            String path,
            List<JsonNode> parameters,
            JsonNode body,
            JsonNode answer,
            Set<Integer> statuses) {
        List<JsonNode> parameters(String in) {
            return parameters.stream()
                    .filter(each -> each.path("in").asText().equals(in))
                    .toList();
        }

        /** What the answer may have. */
        Set<String> fields() {
            return fields(answer);
        }

        /** What each product in the list that is answered may have. */
        Set<String> fieldsOfProducts() {
            return fields(answer.at("/properties/products/items"));
        }

        private static Set<String> fields(JsonNode schema) {
            return schema.path("properties")
                    .propertyStream()
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }

        boolean writes() {
            return !method.equals("GET");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    ApiContract(String service) {
        this.service = service;
        Path file = Command.repository().resolve("services/%s/contract/%s-v1.yaml".formatted(service, service));
        try {
            JsonNode read = new YAMLMapper().readTree(file.toFile());
            document = resolved(read, read);
            validator = OpenApiInteractionValidator.createForInlineApiSpecification(Files.readString(file))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String service() {
        return service;
    }

    List<Operation> operations() {
        return document.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .map(member -> operation(path.getKey(), path.getValue(), member.getKey(), member.getValue())))
                .toList();
    }

    /** How the response violates the contract of the operation; empty if it does not. */
    String violations(Operation operation, Response response) {
        SimpleResponse.Builder built = SimpleResponse.Builder.status(response.status());
        response.headers().map().forEach(built::withHeader);
        if (!response.body().isEmpty()) {
            built.withBody(response.body());
        }
        ValidationReport report = validator.validateResponse(
                operation.path().replaceAll("\\{\\w+}", "1"), Method.valueOf(operation.method()), built.build());
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .map(ValidationReport.Message::getMessage)
                .collect(Collectors.joining("; "));
    }

    private Operation operation(String path, JsonNode shared, String method, JsonNode operation) {
        return new Operation(
                service,
                method.toUpperCase(Locale.ROOT),
                path,
                Stream.of(shared, operation)
                        .flatMap(each -> each.path("parameters").valueStream())
                        .toList(),
                operation.at("/requestBody/content/application~1json/schema"),
                operation.at("/responses/200/content/application~1json/schema"),
                operation
                        .get("responses")
                        .propertyStream()
                        .map(each -> Integer.valueOf(each.getKey()))
                        .collect(Collectors.toSet()));
    }

    /** A copy with all references resolved. */
    private static JsonNode resolved(JsonNode node, JsonNode document) {
        if (node.has("$ref")) {
            return resolved(document.at(node.get("$ref").asText().substring(1)), document);
        }
        JsonNode copy = node.deepCopy();
        switch (copy) {
            case ObjectNode object ->
                object.properties().forEach(each -> each.setValue(resolved(each.getValue(), document)));
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, resolved(list.get(i), document));
                }
            }
            default -> {}
        }
        return copy;
    }
}
