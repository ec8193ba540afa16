package trellis.local.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The value of a setting in the cluster and the one in the files; at least one of them exists. */
record ComparedSetting(String name, Optional<Setting> running, Optional<Setting> wanted) {
    /** All settings of both sides, ordered by name. */
    static List<ComparedSetting> of(Map<String, Setting> running, Map<String, Setting> wanted) {
        var names = new TreeSet<>(running.keySet());
        names.addAll(wanted.keySet());
        return names.stream()
                .map(name -> new ComparedSetting(
                        name, Optional.ofNullable(running.get(name)), Optional.ofNullable(wanted.get(name))))
                .toList();
    }

    /** Compares only the values, not their origins. */
    boolean differs() {
        return !running.map(Setting::value).equals(wanted.map(Setting::value));
    }

    @Override
    public String toString() {
        String value = running.map(Setting::value).orElse("(not set)");
        String origin = running.or(() -> wanted).map(Setting::origin).orElseThrow();
        String line = "%-72s %-28s %s".formatted(name, value, origin);
        if (!differs()) {
            return line;
        }
        return line
                + wanted.map(setting -> "   <- the file says " + setting.value())
                        .orElse("   <- not in the file");
    }
}
