package trellis.e2e;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all tests of a run the same {@link Landscape}, healed before each test. With {@code -Dlandscape=cluster} it
 * is a {@link ClusterLandscape}, and there is {@link Another}.
 */
final class Live implements ParameterResolver {
    private static final boolean IN_A_CLUSTER = "cluster".equals(System.getProperty("landscape"));

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return List.of(Landscape.class, ClusterLandscape.class, Another.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == Another.class) {
            return another(context);
        }
        Landscape landscape = landscape(context);
        landscape.heal();
        return landscape;
    }

    /** JUnit closes it at the end of the run. */
    private static Landscape landscape(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(
                        Landscape.class,
                        type -> IN_A_CLUSTER ? inTheCluster("", 80) : new ProcessLandscape(),
                        Landscape.class);
    }

    private static Another another(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Another.class, type -> new Another(inTheCluster("-another", 8081)), Another.class);
    }

    private static ClusterLandscape inTheCluster(String suffix, int port) {
        Target target = Target.fromEnvironment();
        var client = new KubernetesClientBuilder().build();
        String namespace = target.namespace() + suffix;
        return new ClusterLandscape(client, new Installation(client, target, namespace, port), namespace);
    }
}
