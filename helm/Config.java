import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows what every service runs with in the current cluster and where each value comes from, and says where the cluster
 * differs from the environment's file.
 *
 * <pre>java helm/Config.java [NAMESPACE [VALUES-FILE...]]</pre>
 *
 * NAMESPACE is the current context's if absent or empty. Ends with 1 if there is drift, with 2 if the cluster or a file can't be read.
 * Needs kubectl, and helm where a file is given. The image's name is shown and not compared: the release says it, no file does.
 */
static final List<String> SERVICES = List.of("product", "recommendation", "review", "product-composite");

/** A value and the part of the values, or the object, that it was said in. */
record Setting(String value, String origin) {}

/** What a Deployment says of its instances, a line each: name, tab, value; a variable has its Secret and the key there behind that. */
static final String DEPLOYMENT = "jsonpath="
        + line("scale.replicas", ".spec.replicas")
        + Stream.of("requests", "limits")
                .flatMap(bound -> Stream.of("cpu", "memory", "ephemeral-storage")
                        .map(amount -> line(
                                "resources." + bound + "." + amount,
                                ".spec.template.spec.containers[0].resources." + bound + "." + amount)))
                .collect(Collectors.joining())
        + "{range .spec.template.spec.containers[0].env[*]}{.name}{'\\t'}{.value}{'\\t'}{.valueFrom.secretKeyRef.name}{'\\t'}"
        + "{.valueFrom.secretKeyRef.key}{'\\n'}{end}";

/** The same of an autoscaler. */
static final String AUTOSCALER = "jsonpath="
        + line("scale.min", ".spec.minReplicas")
        + line("scale.max", ".spec.maxReplicas")
        + line("scale.cpuPercent", ".spec.metrics[0].containerResource.target.averageUtilization")
        + line("scale.settleSeconds", ".spec.behavior.scaleDown.stabilizationWindowSeconds");

static String line(String name, String path) {
    return name + "{'\\t'}{" + path + "}{'\\n'}";
}

void main(String[] arguments) throws Exception {
    try {
        String namespace = arguments.length > 0 && !arguments[0].isBlank()
                ? arguments[0]
                : read("kubectl", "config", "view", "--minify", "--output=jsonpath={..namespace}");
        List<String> files = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        int drift = 0;
        for (String service : SERVICES) {
            drift += show(service, namespace.isBlank() ? "default" : namespace, files);
        }
        if (!files.isEmpty()) {
            IO.println(drift == 0 ? "The cluster is as the file says." : "%d differences from the file.".formatted(drift));
        }
        System.exit(drift == 0 ? 0 : 1);
    } catch (IllegalStateException e) {
        System.err.println(e.getMessage());
        System.exit(2);
    }
}

/** Prints one service; returns the number of differences. */
int show(String service, String namespace, List<String> files) throws Exception {
    IO.println(service);
    if (get(namespace, "deployment", service, "name").isBlank()) {
        IO.println("  not in the namespace " + namespace + "\n");
        return files.isEmpty() ? 0 : 1;
    }
    String properties = get(namespace, "configmap", service, "jsonpath={.data.application\\.properties}");
    String java = get(namespace, "configmap", service, "jsonpath={.data.java\\.options}");
    Map<String, Setting> cluster = settings(properties);
    cluster.putAll(javaOptions(java));
    cluster.putAll(workload(
            get(namespace, "deployment", service, DEPLOYMENT),
            get(namespace, "horizontalpodautoscaler", service, AUTOSCALER)));
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
    IO.println("  everything else: application.properties of "
            + get(namespace, "deployment", service, "jsonpath={.spec.template.spec.containers[0].image}"));
    drift += pods(service, namespace, checksum(properties) + " " + checksum(java));
    IO.println("");
    return drift;
}

/** An instance keeps what it was started with: says which ones were started with something else than is there now. */
int pods(String service, String namespace, String now) throws Exception {
    String checksums = "{%1$s.checksum/configuration} {%1$s.checksum/java}";
    int drift = 0;
    String current = get(namespace, "deployment", service,
            "jsonpath=" + checksums.formatted(".spec.template.metadata.annotations"));
    if (!current.equals(now)) {
        IO.println("  ! the ConfigMap was changed by hand: no roll-out knows of it");
        drift++;
    }
    for (String line : read("kubectl", "--namespace", namespace, "get", "pods",
                    "--selector=app.kubernetes.io/component=service,app.kubernetes.io/name=" + service,
                    "--output=jsonpath={range .items[*]}{.metadata.name} " + checksums.formatted(".metadata.annotations") + "{'\\n'}{end}")
            .lines().toList()) {
        String[] pod = line.split(" ", 2);
        boolean old = !pod[1].equals(current);
        IO.println("  pod " + pod[0] + (old ? "   <- still with the configuration before this one" : ""));
        drift += old ? 1 : 0;
    }
    return drift;
}

/** What the charts make of the files. */
Map<String, Setting> expected(String service, String namespace, List<String> files) throws Exception {
    String configMap = render(service, namespace, "configmap", files);
    String[] parts = configMap.split("application.properties: \\|\n", 2);
    Map<String, Setting> settings = settings(parts[1].indent(-4));
    settings.putAll(javaOptions(parts[0].split("java.options: \\|\n", 2)[1].indent(-4)));
    settings.putAll(workload(
            fields(render(service, namespace, "deployment", files), DEPLOYMENT),
            fields(render(service, namespace, "horizontalpodautoscaler", files), AUTOSCALER)));
    return settings;
}

/** One template of the chart; empty where these files make nothing of it. */
String render(String service, String namespace, String template, List<String> files) throws Exception {
    String path = "charts/" + service + "/templates/" + template + ".yaml";
    List<String> command =
            new ArrayList<>(List.of("helm", "template", "any", landscape(), "--namespace", namespace, "--show-only", path));
    files.forEach(file -> command.addAll(List.of("--values", file)));
    Output rendered = run("", command);
    if (rendered.failed() && !rendered.text().contains("could not find template " + path)) {
        throw new IllegalStateException(rendered.text());
    }
    return rendered.failed() ? "" : rendered.text();
}

/** What kubectl reads out of an object that is in no cluster. */
String fields(String object, String format) throws Exception {
    if (object.isBlank()) {
        return "";
    }
    Output read = run(object, List.of(
            "kubectl", "create", "--dry-run=client", "--validate=false", "--filename=-", "--output=" + format));
    if (read.failed()) {
        throw new IllegalStateException(read.text());
    }
    return read.text();
}

/** Takes what {@link #DEPLOYMENT} and {@link #AUTOSCALER} read. How many instances there are is the autoscaler's where there is one. */
Map<String, Setting> workload(String deployment, String autoscaler) {
    Map<String, Setting> settings = new TreeMap<>();
    deployment.lines().map(line -> (line + "\t \t ").split("\t")).forEach(part -> {
        if (!part[2].isBlank()) {
            settings.put(part[0], new Setting("(secret)", "Secret " + part[2] + ", key " + part[3]));
        } else if (!part[1].isBlank()) {
            settings.put(part[0], new Setting(part[1], "Deployment"));
        }
    });
    if (!autoscaler.isBlank()) {
        settings.remove("scale.replicas");
        autoscaler.lines().map(line -> line.split("\t")).forEach(part ->
                settings.put(part[0], new Setting(part[1], "HorizontalPodAutoscaler")));
    }
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

/** As the Deployment's template takes it. */
String checksum(String text) throws Exception {
    byte[] bytes = java.security.MessageDigest.getInstance("SHA-256").digest(text.strip().getBytes());
    return java.util.HexFormat.of().formatHex(bytes);
}

/** A part of an object of the cluster; empty if there is no such object. */
String get(String namespace, String kind, String name, String format) throws Exception {
    return read("kubectl", "--namespace", namespace, "get", kind, name, "--ignore-not-found", "--output=" + format);
}

String read(String... command) throws Exception {
    Output output = run("", List.of(command));
    if (output.failed()) {
        throw new IllegalStateException(output.text());
    }
    return output.text();
}

/** What a program wrote, or why it failed. */
record Output(String text, boolean failed) {}

Output run(String input, List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    try (var in = process.outputWriter()) {
        in.write(input);
    }
    String text = new String(process.getInputStream().readAllBytes());
    String errors = new String(process.getErrorStream().readAllBytes());
    return process.waitFor() == 0 ? new Output(text, false) : new Output(errors, true);
}
