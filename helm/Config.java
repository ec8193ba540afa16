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
static final String DEPLOYMENT = line("scale.replicas", ".spec.replicas")
        + Stream.of("requests", "limits")
                .flatMap(bound -> Stream.of("cpu", "memory", "ephemeral-storage")
                        .map(amount -> line(
                                "resources." + bound + "." + amount,
                                ".spec.template.spec.containers[0].resources." + bound + "." + amount)))
                .collect(Collectors.joining())
        + "{range .spec.template.spec.containers[0].env[*]}{.name}{'\\t'}{.value}{'\\t'}{.valueFrom.secretKeyRef.name}{'\\t'}"
        + "{.valueFrom.secretKeyRef.key}{'\\n'}{end}";

/** The same of an autoscaler. */
static final String AUTOSCALER = line("scale.min", ".spec.minReplicas")
        + line("scale.max", ".spec.maxReplicas")
        + line("scale.cpuPercent", ".spec.metrics[0].containerResource.target.averageUtilization")
        + line("scale.settleSeconds", ".spec.behavior.scaleDown.stabilizationWindowSeconds");

static final String IMAGE = "{.spec.template.spec.containers[0].image}";

/** What an instance was configured with; takes where in the object its pod is. */
static final String CHECKSUMS =
        "{%1$s.metadata.annotations.checksum/configuration} {%1$s.metadata.annotations.checksum/java}";

static String line(String name, String path) {
    return name + "{'\\t'}{" + path + "}{'\\n'}";
}

void main(String[] arguments) throws Exception {
    try {
        String namespace = arguments.length > 0 && !arguments[0].isBlank()
                ? arguments[0]
                : read("kubectl", "config", "view", "--minify", "--output=jsonpath={..namespace}");
        List<String> files = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        namespace = namespace.isBlank() ? "default" : namespace;
        String rendered = files.isEmpty() ? "" : render(namespace, files);
        int drift = 0;
        for (String service : SERVICES) {
            drift += show(service, namespace, rendered);
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

/** Prints one service, beside what the files make of it, if there are any; returns the number of differences. */
int show(String service, String namespace, String rendered) throws Exception {
    IO.println(service);
    String deployment = get(namespace, "deployment", service, "jsonpath=" + IMAGE + "{'\\n'}" + CHECKSUMS.formatted(".spec.template")
            + "{'\\n'}" + DEPLOYMENT);
    if (deployment.isBlank()) {
        IO.println("  not in the namespace " + namespace + "\n");
        return rendered.isEmpty() ? 0 : 1;
    }
    String[] said = deployment.split("\n", 3); // the image, the checksums, and DEPLOYMENT
    String[] files = (get(namespace, "configmap", service, "jsonpath={.data.application\\.properties}{'\\f'}{.data.java\\.options}")
            + "\f").split("\f", -1); // also where somebody has deleted it
    Map<String, Setting> cluster = settings(files[0]);
    cluster.putAll(javaOptions(files[1]));
    cluster.putAll(workload(said[2], get(namespace, "horizontalpodautoscaler", service, "jsonpath=" + AUTOSCALER)));
    Map<String, Setting> file = rendered.isEmpty() ? cluster : expected(service, rendered);
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
    IO.println("  everything else: application.properties of " + said[0]);
    if (!said[1].equals(checksum(files[0]) + " " + checksum(files[1]))) {
        IO.println("  ! the ConfigMap was changed by hand: no roll-out knows of it");
        drift++;
    }
    drift += pods(service, namespace, said[1]);
    IO.println("");
    return drift;
}

/** An instance keeps what it was started with: says which ones were started with something else than is there now. */
int pods(String service, String namespace, String current) throws Exception {
    int drift = 0;
    for (String line : read("kubectl", "--namespace", namespace, "get", "pods",
                    "--selector=app.kubernetes.io/component=service,app.kubernetes.io/name=" + service,
                    "--output=jsonpath={range .items[*]}{.metadata.name} " + CHECKSUMS.formatted("") + "{'\\n'}{end}")
            .lines().toList()) {
        String[] pod = line.split(" ", 2);
        boolean old = !pod[1].equals(current);
        IO.println("  pod " + pod[0] + (old ? "   <- still with the configuration before this one" : ""));
        drift += old ? 1 : 0;
    }
    return drift;
}

/** What the charts make of the files. */
Map<String, Setting> expected(String service, String rendered) throws Exception {
    String[] parts = template(rendered, service, "configmap").split("application.properties: \\|\n", 2);
    Map<String, Setting> settings = settings(parts[1].indent(-4));
    settings.putAll(javaOptions(parts[0].split("java.options: \\|\n", 2)[1].indent(-4)));
    settings.putAll(workload(
            fields(template(rendered, service, "deployment"), DEPLOYMENT),
            fields(template(rendered, service, "horizontalpodautoscaler"), AUTOSCALER)));
    return settings;
}

String render(String namespace, List<String> files) throws Exception {
    List<String> command = new ArrayList<>(List.of("helm", "template", "any", landscape(), "--namespace", namespace));
    files.forEach(file -> command.addAll(List.of("--values", file)));
    return read(command.toArray(String[]::new));
}

/** What one template of a service's chart has become; empty if nothing. */
String template(String rendered, String service, String name) {
    return Stream.of(rendered.split("(?m)^---\n"))
            .filter(object -> object.startsWith("# Source: landscape/charts/" + service + "/templates/" + name + ".yaml\n"))
            .collect(Collectors.joining());
}

/** What kubectl reads out of an object that is in no cluster. */
String fields(String object, String format) throws Exception {
    if (object.isBlank()) {
        return "";
    }
    Output read = run(object, List.of(
            "kubectl", "create", "--dry-run=client", "--validate=false", "--filename=-", "--output=jsonpath=" + format));
    if (read.failed()) {
        throw new IllegalStateException(read.text());
    }
    return read.text();
}

/** Takes what {@link #DEPLOYMENT} and {@link #AUTOSCALER} read. How many instances there are is the autoscaler's where there is one. */
Map<String, Setting> workload(String deployment, String autoscaler) {
    Map<String, Setting> settings = said(deployment, "Deployment");
    if (!autoscaler.isBlank()) {
        settings.remove("scale.replicas");
        settings.putAll(said(autoscaler, "HorizontalPodAutoscaler"));
    }
    return settings;
}

/** What the lines of an object say; nothing of what it leaves open. */
Map<String, Setting> said(String lines, String origin) {
    Map<String, Setting> settings = new TreeMap<>();
    lines.lines().map(line -> (line + "\t \t ").split("\t")).forEach(part -> {
        if (!part[2].isBlank()) {
            settings.put(part[0], new Setting("(secret)", "Secret " + part[2] + ", key " + part[3]));
        } else if (!part[1].isBlank()) {
            settings.put(part[0], new Setting(part[1], origin));
        }
    });
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
