package trellis.e2e;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all tests of a run the same {@link LiveLandscape}, healed before each test. With {@code -Dlandscape=cluster} it
 * is a {@link ClusterLandscape}, and there are {@link SecondLandscape}, {@link Signals} and {@link
 * SecondSignals}.
 */
final class LandscapeResolver implements ParameterResolver {
    private static final boolean IN_A_CLUSTER = "cluster".equals(System.getProperty("landscape"));

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return List.of(
                        LiveLandscape.class,
                        ClusterLandscape.class,
                        SecondLandscape.class,
                        Signals.class,
                        SecondSignals.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == SecondLandscape.class) {
            return theOnly(
                    SecondLandscape.class,
                    () -> new SecondLandscape(inTheCluster("-second", new Way("second.localhost", 8081, 8444))),
                    context);
        }
        if (type == SecondSignals.class) {
            return theOnly(
                    SecondSignals.class,
                    () -> new SecondSignals(signals(Target.fromEnvironment().namespace() + "-watch")),
                    context);
        }
        LiveLandscape landscape = theOnly(
                LiveLandscape.class,
                () -> IN_A_CLUSTER ? inTheCluster("", new Way("", 80, 443)) : new ProcessLandscape(),
                context);
        landscape.heal();
        if (type == Signals.class) {
            Signals signals = theOnly(
                    Signals.class, () -> signals(Target.fromEnvironment().signalsNamespace()), context);
            if (signals.heal()) {
                signals.awaitCaughtUp(new Api(landscape));
            }
            return signals;
        }
        return landscape;
    }

    /** JUnit closes it at the end of the run. */
    private static <T> T theOnly(Class<T> type, Supplier<T> creation, ExtensionContext context) {
        return context.getRoot().getStore(Namespace.GLOBAL).computeIfAbsent(type, any -> creation.get(), type);
    }

    private static Signals signals(String namespace) {
        return new Signals(new KubernetesClientBuilder().build(), Target.fromEnvironment(), namespace);
    }

    private static ClusterLandscape inTheCluster(String suffix, Way way) {
        Target target = Target.fromEnvironment();
        return new ClusterLandscape(new KubernetesClientBuilder().build(), target, target.namespace() + suffix, way);
    }
}
