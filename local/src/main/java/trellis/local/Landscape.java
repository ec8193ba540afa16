package trellis.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The services with their databases and the broker, each in a process of its own. */
public final class Landscape implements AutoCloseable {
    private final Settings settings;
    private final DataFolder data;
    private final KafkaBroker broker;
    private final Map<String, PostgresServer> databases = new LinkedHashMap<>();
    private final Map<String, ServiceProcess> services = new LinkedHashMap<>();

    /** Does not start anything. */
    public Landscape(Settings settings) {
        this.settings = settings;
        data = new DataFolder(settings.data());
        broker = new KafkaBroker(
                settings.data().resolve("kafka"), settings.port(Port.KAFKA), settings.port(Port.KAFKA_CONTROLLER));
        for (String name : Services.CORE) {
            databases.put(
                    name,
                    new PostgresServer(
                            name,
                            settings.data().resolve(name + "-db"),
                            settings.port(Port.databaseOf(name)),
                            name)); // a fixed password suffices, since only this machine reaches 127.0.0.1
            services.put(name, service(name, databaseSettings(name)));
        }
        services.put(Services.COMPOSITE, service(Services.COMPOSITE, neighbours()));
    }

    /**
     * Returns once every service is ready, for as long as it takes.
     *
     * @param progress receives messages on what is being waited for and for how long; called from several threads
     * @throws IllegalStateException if a port is taken or something does not start, with the reason
     */
    public void start(Consumer<String> progress) throws InterruptedException {
        startStores(progress);
        progress.accept("starting the services");
        startEach(ServiceProcess::start);
        for (var service : services.entrySet()) {
            service.getValue().awaitReady(progress);
            progress.accept(service.getKey() + " is ready");
        }
    }

    /**
     * Creates the AOT caches of the services that have none: starts all of them, sends requests, and stops them.
     *
     * @param progress receives messages on what is being waited for and for how long; called from several threads
     * @throws IllegalStateException if something does not start, with the reason
     */
    public void train(Consumer<String> progress) throws InterruptedException {
        List<ServiceProcess> untrained =
                services.values().stream().filter(service -> !service.trained()).toList();
        startStores(progress);
        startEach(service -> {
            if (untrained.contains(service)) {
                service.startTraining();
            } else {
                service.start();
            }
        });
        services.values().forEach(service -> service.awaitReady(progress));
        new Demonstration(address(Services.COMPOSITE), progress).train();
        together(untrained.stream()
                .<Runnable>map(service -> () -> service.endTraining(progress))
                .toList());
        for (ServiceProcess service : untrained) { // one at a time, since each uses all cores and much memory
            service.createCache(progress);
        }
    }

    private void startStores(Consumer<String> progress) throws InterruptedException {
        data.open();
        settings.refuseTakenPorts();
        progress.accept("starting " + databases.size() + " PostgreSQL servers and a Kafka broker");
        List<Runnable> stores = new ArrayList<>();
        stores.add(() -> {
            broker.start(progress);
            data.remember(broker.process());
        });
        databases
                .values()
                .forEach(database -> stores.add(() -> {
                    database.start(progress);
                    data.remember(database.process());
                }));
        together(stores);
        progress.accept("bringing the databases' schemas up to date");
        together(Services.CORE.stream()
                .<Runnable>map(name -> () -> services.get(name).migrate(progress))
                .toList());
    }

    private void startEach(Consumer<ServiceProcess> way) {
        for (ServiceProcess service : services.values()) {
            way.accept(service);
            data.remember(service.process());
        }
    }

    void killServices() {
        services.values().forEach(ServiceProcess::kill);
    }

    /** Stops everything, dependents before their dependencies. */
    @Override
    public void close() {
        Thread.interrupted(); // so that an interrupted thread can still stop everything gracefully
        services.get(Services.COMPOSITE).stop();
        try {
            together(Services.CORE.stream()
                    .<Runnable>map(name -> services.get(name)::stop)
                    .toList());
        } catch (InterruptedException e) {
            services.values().forEach(ServiceProcess::kill);
        }
        broker.stop();
        databases.values().forEach(PostgresServer::stop);
        data.close();
    }

    /** @param name such as {@code product-composite} */
    public ServiceProcess service(String name) {
        return services.get(name);
    }

    /** @param service the core service it belongs to */
    public PostgresServer database(String service) {
        return databases.get(service);
    }

    public KafkaBroker broker() {
        return broker;
    }

    /** The folder that it writes to. */
    Path data() {
        return settings.data();
    }

    /** The address of a service. */
    public URI address(String service) {
        return at(Port.of(service));
    }

    /** The address of a service's management port. */
    public URI management(String service) {
        return at(Port.managementOf(service));
    }

    private ServiceProcess service(String name, Map<String, String> own) {
        Map<String, String> environment = new HashMap<>(own);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(settings.port(Port.of(name))));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(settings.port(Port.managementOf(name))));
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", Boolean.toString(settings.jsonLogs()));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("SERVED_BY_ENABLED", "true");
        environment.putAll(settings.environment());
        return new ServiceProcess(
                name,
                settings.applications().apply(name),
                settings.data().resolve(name),
                management(name),
                environment,
                line -> settings.output().accept(name, line));
    }

    private Map<String, String> databaseSettings(String name) {
        PostgresServer database = databases.get(name);
        return Map.of(
                "DATABASE_ADDRESS", database.address(),
                "DATABASE_NAME", database.database(),
                "DATABASE_USERNAME", database.database(),
                "DATABASE_PASSWORD", database.password());
    }

    private Map<String, String> neighbours() {
        Map<String, String> addresses = new HashMap<>();
        for (String name : Services.CORE) {
            addresses.put(
                    "QUARKUS_REST_CLIENT_" + name.toUpperCase(Locale.ROOT) + "_URL",
                    address(name).toString());
        }
        return addresses;
    }

    private URI at(Port port) {
        return URI.create("http://127.0.0.1:" + settings.port(port));
    }

    /** Runs them concurrently and waits for all; interrupts them if one fails, or if this thread is interrupted. */
    private static void together(List<Runnable> tasks) throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended = new ExecutorCompletionService<>(executor);
            tasks.forEach(task -> ended.submit(task, null));
            try {
                for (int task = 0; task < tasks.size(); task++) {
                    ended.take().get();
                }
            } finally {
                executor.shutdownNow();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }
}
