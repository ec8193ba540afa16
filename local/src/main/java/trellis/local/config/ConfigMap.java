package trellis.local.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A service's configuration as helm/common/templates/_configmap.tpl writes it: the comment above each setting names
 * the part of the values that it comes from.
 */
record ConfigMap(String properties, String javaOptions) {
    private static final String COMMENT = "# ";

    /** Parses the Kubernetes object; both texts are empty if it has none. */
    static ConfigMap of(JsonNode object) {
        JsonNode data = object.path("data");
        return new ConfigMap(
                data.path("application.properties").asText(),
                data.path("java.options").asText());
    }

    Map<String, Setting> settings() {
        Map<String, Setting> settings = new TreeMap<>();
        String origin = "";
        for (String line : properties.lines().toList()) {
            if (line.startsWith(COMMENT)) {
                origin = line.substring(COMMENT.length());
            } else {
                for (Map.Entry<Object, Object> property : parsed(line).entrySet()) {
                    settings.put(
                            property.getKey().toString(),
                            new Setting(property.getValue().toString(), origin));
                }
            }
        }
        String options = javaOptions
                .lines()
                .filter(line -> !line.startsWith(COMMENT))
                .collect(Collectors.joining("\n"))
                .strip();
        if (!options.isEmpty()) {
            settings.put("java.options", new Setting(options, javaOptionsOrigin()));
        }
        return settings;
    }

    private String javaOptionsOrigin() {
        return javaOptions
                .lines()
                .filter(line -> line.startsWith(COMMENT))
                .findFirst()
                .map(line -> line.substring(COMMENT.length()))
                .orElse("");
    }

    private static Properties parsed(String line) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(line));
        } catch (IOException e) {
            throw new UncheckedIOException("A string can be read", e);
        }
        return properties;
    }
}
