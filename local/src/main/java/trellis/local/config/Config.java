package trellis.local.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trellis.local.Services;

/**
 * {@code make config}: shows the settings of every service in the current cluster and the origin of each value, and
 * reports where the cluster differs from the environment's values files, if any are given.
 *
 * <pre>local/start config.Config [NAMESPACE [VALUES-FILE...]]</pre>
 *
 * The namespace defaults to that of the current context. The exit code is 1 if there is drift, 2 if the cluster or a
 * file cannot be read. Needs kubectl, and helm if a file is given. The image is shown but not compared, since its
 * name comes from the release and not from a file.
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

    /** The objects that the charts render from the files. */
    private static KubernetesObjects rendered(String namespace, List<String> files) {
        String release = "any"; // nothing that is compared depends on the release name
        String chart = CHECKOUT.resolve("helm/landscape").toString();
        List<String> helm = new ArrayList<>(List.of("helm", "template", release, chart, "--namespace", namespace));
        files.forEach(file -> helm.addAll(List.of("--values", file)));
        return KubernetesObjects.fromYaml(Command.output(helm));
    }
}
