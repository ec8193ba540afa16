import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Shows what every service runs with in the current cluster and where each value comes from, and says where the cluster
 * differs from the environment's file.
 *
 * <pre>java helm/Config.java [NAMESPACE [VALUES-FILE...]]</pre>
 *
 * NAMESPACE is the current context's if absent. Ends with 1 if there is drift. Needs kubectl, and helm where a file is given.
 */
static final List<String> SERVICES = List.of("product", "recommendation", "review", "product-composite");

/** A value and the part of the values it was said in. */
record Setting(String value, String origin) {}

void main(String[] arguments) throws Exception {
    String namespace = arguments.length > 0
            ? arguments[0]
            : run("kubectl", "config", "view", "--minify", "--output=jsonpath={..namespace}").text();
    List<String> files = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    int drift = 0;
    for (String service : SERVICES) {
        drift += show(service, namespace.isBlank() ? "default" : namespace, files);
    }
    if (!files.isEmpty()) {
        IO.println(drift == 0 ? "The cluster is as the file says." : "%d differences from the file.".formatted(drift));
    }
    System.exit(drift == 0 ? 0 : 1);
}

/** Prints one service; returns the number of differences. */
int show(String service, String namespace, List<String> files) throws Exception {
    IO.println(service);
    Output found = run("kubectl", "--namespace", namespace, "get", "configmap", service,
            "--output=jsonpath={.data.application\\.properties}");
    if (found.failed()) {
        IO.println("  not in the namespace " + namespace + "\n");
        return files.isEmpty() ? 0 : 1;
    }
    Map<String, Setting> cluster = settings(found.text());
    cluster.putAll(javaOptions(run("kubectl", "--namespace", namespace, "get", "configmap", service,
            "--output=jsonpath={.data.java\\.options}").text()));
    Map<String, Setting> file = files.isEmpty() ? cluster : expected(service, namespace, files);
    int drift = 0;
    for (String name : union(cluster, file)) {
        Setting is = cluster.get(name);
        Setting should = file.get(name);
        boolean differs = is == null || should == null || !is.value().equals(should.value());
        String remark = !differs ? "" : should == null ? "   <- not in the file" : "   <- the file says " + should.value();
        IO.println("  %-72s %-28s %s%s".formatted(
                name, is == null ? "(not set)" : is.value(), is == null ? should.origin() : is.origin(), remark));
        drift += differs ? 1 : 0;
    }
    for (String line : run("kubectl", "--namespace", namespace, "get", "deployment", service,
                    "--output=jsonpath={range .spec.template.spec.containers[0].env[*]}{.name}{'\\t'}{.value}"
                            + "{.valueFrom.secretKeyRef.name}{'\\t'}{.valueFrom.secretKeyRef.key}{'\\n'}{end}")
            .text().lines().toList()) {
        String[] variable = line.split("\t", 3);
        boolean secret = variable.length == 3 && !variable[2].isBlank();
        IO.println("  %-72s %-28s %s".formatted(
                variable[0], secret ? "(secret)" : variable[1],
                secret ? "Secret " + variable[1] + ", key " + variable[2] : "Deployment"));
    }
    IO.println("  everything else: application.properties of "
            + run("kubectl", "--namespace", namespace, "get", "deployment", service,
                            "--output=jsonpath={.spec.template.spec.containers[0].image}").text());
    drift += pods(service, namespace, found.text());
    IO.println("");
    return drift;
}

/** An instance keeps what it was started with: says which ones were started with something else than what is there now. */
int pods(String service, String namespace, String now) throws Exception {
    int drift = 0;
    String current = run("kubectl", "--namespace", namespace, "get", "deployment", service,
                    "--output=jsonpath={.spec.template.metadata.annotations.checksum/configuration}").text();
    if (!current.equals(checksum(now))) {
        IO.println("  ! the ConfigMap was changed by hand: no roll-out knows of it");
        drift++;
    }
    for (String line : run("kubectl", "--namespace", namespace, "get", "pods",
                    "--selector=app.kubernetes.io/component=service,app.kubernetes.io/name=" + service,
                    "--output=jsonpath={range .items[*]}{.metadata.name} {.metadata.annotations.checksum/configuration}{'\\n'}{end}")
            .text().lines().toList()) {
        String[] pod = line.split(" ", 2);
        boolean old = !pod[1].equals(current);
        IO.println("  pod " + pod[0] + (old ? "   <- still with the configuration before this one" : ""));
        drift += old ? 1 : 0;
    }
    return drift;
}

/** What the charts make of the files. */
Map<String, Setting> expected(String service, String namespace, List<String> files) throws Exception {
    List<String> command = new ArrayList<>(List.of("helm", "template", "any", landscape(), "--namespace", namespace,
            "--show-only", "charts/" + service + "/templates/configmap.yaml"));
    files.forEach(file -> command.addAll(List.of("--values", file)));
    Output rendered = run(command.toArray(String[]::new));
    if (rendered.failed()) {
        throw new IllegalStateException(rendered.text());
    }
    String[] parts = rendered.text().split("application.properties: \\|\n", 2);
    Map<String, Setting> settings = settings(parts[1].indent(-4));
    settings.putAll(javaOptions(parts[0].split("java.options: \\|\n", 2)[1].indent(-4)));
    return settings;
}

String landscape() {
    String program = System.getProperty("jdk.launcher.sourcefile", "helm/Config.java");
    return Path.of(program).toAbsolutePath().resolveSibling("landscape").toString();
}

/** The options of the JVM, if there are any, below the comment that says where they come from. */
Map<String, Setting> javaOptions(String text) {
    String[] lines = text.split("\n", 2);
    return lines.length < 2 || lines[1].isBlank()
            ? Map.of()
            : Map.of("java.options", new Setting(lines[1].strip(), lines[0].substring(2)));
}

/** Each setting is preceded by a comment that says which part of the values it comes from. */
Map<String, Setting> settings(String text) throws IOException {
    Map<String, Setting> settings = new TreeMap<>();
    String origin = "";
    for (String line : text.lines().toList()) {
        if (line.startsWith("# ")) {
            origin = line.substring(2);
        } else if (!line.isBlank()) {
            Properties property = new Properties();
            property.load(new StringReader(line));
            for (String name : property.stringPropertyNames()) {
                settings.put(name, new Setting(property.getProperty(name), origin));
            }
        }
    }
    return settings;
}

List<String> union(Map<String, Setting> one, Map<String, Setting> other) {
    Map<String, Setting> all = new TreeMap<>(one);
    all.putAll(other);
    return List.copyOf(all.keySet());
}

/** What the chart takes the checksum of: see common.properties. */
String checksum(String text) throws Exception {
    byte[] bytes = java.security.MessageDigest.getInstance("SHA-256").digest(("\n" + text.strip()).getBytes());
    return java.util.HexFormat.of().formatHex(bytes);
}

record Output(String text, boolean failed) {}

Output run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes());
    return new Output(text, process.waitFor() != 0);
}
