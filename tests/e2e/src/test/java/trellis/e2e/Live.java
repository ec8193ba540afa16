package trellis.e2e;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every test the one {@link Landscape} of this run, and each of them a whole one, whatever the last has broken. */
final class Live implements ParameterResolver, BeforeEachCallback {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Landscape.class;
    }

    @Override
    public Landscape resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return landscape(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        landscape(context).heal();
    }

    /** Closed by JUnit at the end of the run. */
    private static Landscape landscape(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Landscape.class, type -> new ProcessLandscape(), Landscape.class);
    }
}
