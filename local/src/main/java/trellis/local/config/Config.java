package trellis.local.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trellis.local.Services;

/**
 * {@code make config}: shows what every service runs with in the current cluster and where each value comes from, and says where the
 * cluster differs from the environment's files of values, if any are given.
 *
 * <pre>local/start config.Config [NAMESPACE [VALUES-FILE...]]</pre>
 *
 * The namespace is the current context's if absent or empty. Ends with 1 if there is drift, with 2 if the cluster or a file can't be read.
 * Needs kubectl, and helm where a file is given. The image is shown and not compared: its name comes from the release, not from a file.
 */
final class Config {
    private static final Path CHECKOUT = Path.of("").toAbsolutePath();

    private Config() {}

    public static void main(String[] arguments) {
        try {
            String namespace = Arrays.stream(arguments)
                    .findFirst()
                    .filter(given -> !given.isBlank())
                    .orElseGet(Config::currentNamespace);
            List<String> files = Arrays.stream(arguments).skip(1).toList();
            System.exit(show(namespace, files) == 0 ? 0 : 1);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Returns the number of differences. */
    private static int show(String namespace, List<String> files) {
        KubernetesObjects running = inCluster(namespace);
        KubernetesObjects wanted = files.isEmpty() ? running : rendered(namespace, files);
        int differences = 0;
        for (String service : Services.ALL) {
            var report = ServiceReport.of(namespace, running.workload(service), wanted.workload(service));
            System.out.println(service);
            report.lines().forEach(line -> System.out.println("  " + line));
            System.out.println();
            differences += report.differences();
        }
        if (!files.isEmpty()) {
            System.out.println(
                    switch (differences) {
                        case 0 -> "The cluster is as the file says.";
                        case 1 -> "1 difference from the file.";
                        default -> differences + " differences from the file.";
                    });
        }
        return differences;
    }

    private static String currentNamespace() {
        String configuration = Command.output(List.of("kubectl", "config", "view", "--minify", "--output=json"));
        return KubernetesObjects.json(configuration)
                .at("/contexts/0/context/namespace")
                .asText("default");
    }

    private static KubernetesObjects inCluster(String namespace) {
        String kinds = "deployments,configmaps,horizontalpodautoscalers,pods";
        return KubernetesObjects.fromJson(
                Command.output(List.of("kubectl", "get", kinds, "--namespace", namespace, "--output=json")));
    }

    /** What the charts make of the files. */
    private static KubernetesObjects rendered(String namespace, List<String> files) {
        String release = "any"; // no name of what is compared depends on it
        String chart = CHECKOUT.resolve("helm/landscape").toString();
        List<String> helm = new ArrayList<>(List.of("helm", "template", release, chart, "--namespace", namespace));
        files.forEach(file -> helm.addAll(List.of("--values", file)));
        return KubernetesObjects.fromYaml(Command.output(helm));
    }
}
