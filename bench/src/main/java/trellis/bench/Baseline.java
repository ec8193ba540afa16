package trellis.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * The baseline: the product page served by plain Vert.x, the library below Quarkus. Four processes, the same SQL, the
 * same calls; no validation, metrics, traces or resilience.
 */
final class Baseline {
    private Baseline() {}

    /**
     * Arguments: {@code product <port> <database URI>} or {@code product-composite <port> <ports of the other
     * three>}.
     */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[1]);
        Supplier<AbstractVerticle> server = arguments[0].equals("product-composite")
                ? () -> new BaselineComposite(
                        port,
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Integer.parseInt(arguments[4]))
                : () -> new BaselineNeighbour(BaselineNeighbour.Question.valueOf(arguments[0]), port, arguments[2]);
        var everyCore =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        Vertx.vertx().deployVerticle(server::get, everyCore).onFailure(failure -> {
            failure.printStackTrace();
            System.exit(1);
        });
    }
}
