package trellis.e2e;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all tests of a run the same {@link LiveLandscape}, healed before each test. With {@code -Dlandscape=cluster} it
 * is a {@link ClusterLandscape}, and there are {@link SecondLandscape} and {@link Signals}.
 */
final class LandscapeResolver implements ParameterResolver {
    private static final boolean IN_A_CLUSTER = "cluster".equals(System.getProperty("landscape"));

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return List.of(LiveLandscape.class, ClusterLandscape.class, SecondLandscape.class, Signals.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == SecondLandscape.class) {
            return secondLandscape(context);
        }
        if (parameter.getParameter().getType() == Signals.class) {
            Signals signals = signals(context);
            signals.heal();
            return signals;
        }
        LiveLandscape landscape = landscape(context);
        landscape.heal();
        return landscape;
    }

    /** JUnit closes it at the end of the run. */
    private static LiveLandscape landscape(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(
                        LiveLandscape.class,
                        type -> IN_A_CLUSTER ? inTheCluster("", new Way("", 80, 443)) : new ProcessLandscape(),
                        LiveLandscape.class);
    }

    private static SecondLandscape secondLandscape(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(
                        SecondLandscape.class,
                        type -> new SecondLandscape(inTheCluster("-second", new Way("second.localhost", 8081, 8444))),
                        SecondLandscape.class);
    }

    private static Signals signals(ExtensionContext context) {
        Target target = Target.fromEnvironment();
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(
                        Signals.class,
                        type -> new Signals(new KubernetesClientBuilder().build(), target, target.signalsNamespace()),
                        Signals.class);
    }

    private static ClusterLandscape inTheCluster(String suffix, Way way) {
        Target target = Target.fromEnvironment();
        return new ClusterLandscape(new KubernetesClientBuilder().build(), target, target.namespace() + suffix, way);
    }
}
