package trellis.local.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** values.yaml: every default below its description, which starts with {@code # --} as helm-docs wants it. */
record ValuesFile(Map<String, Value> values) {
    private static final String HEADER = "# Made by `make charts` of schema.yaml; change that file instead.";

    String text() {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        values.forEach((key, value) -> {
            if (value.isShown()) {
                lines.add("");
                add(lines, "", key, value);
            }
        });
        return String.join("\n", lines) + "\n";
    }

    private static void add(List<String> lines, String indent, String key, Value value) {
        if (!value.isShown()) {
            return;
        }
        if (!value.description().isEmpty()) {
            lines.addAll(Text.wrapped(indent + "# -- ", indent + "# ", value.description()));
        }
        for (String paragraph : value.comment().lines().toList()) {
            lines.addAll(Text.wrapped(indent + "# ", indent + "# ", paragraph));
        }
        if (value.hasDefault()) {
            lines.addAll(Yaml.lines(indent, Yaml.key(key), value.defaultValue()));
        } else {
            lines.add(indent + Yaml.key(key));
            value.properties().forEach((below, each) -> add(lines, indent + "  ", below, each));
        }
    }
}
