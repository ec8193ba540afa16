package trellis.chassis.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reports whether the JVM uses an ahead-of-time cache, from which it starts several times faster: docs/performance.md.
 * A JVM that can't use the one that it is told to use (JEP 483) starts without.
 */
@ApplicationScoped
class AotCache {

    private static final String OPTION = "-XX:AOTCache=";

    private final Optional<Path> file;
    private final boolean used;

    /** As this JVM was started; its own description says whether it shares classes with a cache. */
    AotCache() {
        this(ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getProperty("java.vm.info"));
    }

    AotCache(List<String> options, String jvm) {
        file = options.stream()
                .filter(option -> option.startsWith(OPTION))
                .map(option -> Path.of(option.substring(OPTION.length())))
                .reduce((overridden, last) -> last);
        used = file.isPresent() && jvm.contains("sharing");
    }

    void report(@Observes StartupEvent started, MeterRegistry metrics) {
        metrics.gauge("jvm.aot.cache.used", this, cache -> cache.used() ? 1 : 0);
        problem().ifPresent(Log::info);
    }

    boolean used() {
        return used;
    }

    /** Why it isn't used although the JVM is told to. */
    Optional<String> problem() {
        return file.filter(any -> !used)
                .map(cache -> Files.exists(cache)
                        ? "Started without the AOT cache %s: it was made for another build, JVM or heap (-Xlog:aot says more)"
                                .formatted(cache)
                        : "Started without an AOT cache: there is no %s, as in images for %s"
                                .formatted(cache, System.getProperty("os.arch")));
    }
}
