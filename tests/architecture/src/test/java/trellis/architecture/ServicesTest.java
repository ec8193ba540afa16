package trellis.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may not stand in the Java of a service, whoever writes it. */
class ServicesTest {

    private static final Path SERVICES = Path.of("../../services");

    private static final ArchRule NO_INFRASTRUCTURE = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.fabric8..", // Kubernetes clients
                    "io.kubernetes..",
                    "io.quarkus.kubernetes..",
                    "io.smallrye.stork..", // registries and balancers
                    "com.ecwid.consul..",
                    "com.netflix..",
                    "org.springframework..",
                    "io.opentelemetry..")) // spans: the frameworks make them
            .because("the platform finds, balances and traces; see docs/decisions");

    /** The methods of a class that keep the calling thread waiting. */
    private static final Map<Class<?>, Set<String>> WAITING = Map.of(
            Thread.class, Set.of("sleep", "join"),
            Object.class, Set.of("wait"),
            Future.class, Set.of("get"),
            CompletableFuture.class, Set.of("get", "join"),
            CountDownLatch.class, Set.of("await"),
            Uni.class, Set.of("await"));

    private static final ArchRule NO_WAITING = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe("it waits", ServicesTest::waits))
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("java.net.http..", "javax.sql.."))
            .orShould()
            .dependOnClassesThat(type(java.net.Socket.class).or(type(java.sql.Connection.class)))
            .because("a request runs on an event loop, which serves all the others too");

    private static final ArchRule ANSWERS_ARE_PROMISES = methods()
            .that()
            .areAnnotatedWith("jakarta.ws.rs.GET")
            .or()
            .areAnnotatedWith("jakarta.ws.rs.PUT")
            .or()
            .areAnnotatedWith("jakarta.ws.rs.DELETE")
            .or()
            .areAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Incoming")
            .should()
            .haveRawReturnType("io.smallrye.mutiny.Uni")
            .because("what returns a plain value is run on a worker thread, which waits");

    @Test
    void holdNoInfrastructure() {
        services().forEach(service -> NO_INFRASTRUCTURE.check(classes(service)));
    }

    @Test
    void neverWait() {
        services().forEach(service -> {
            NO_WAITING.check(classes(service));
            ANSWERS_ARE_PROMISES.check(classes(service));
        });
    }

    @Test
    void shareNothing() {
        for (String service : services().toList()) {
            DescribedPredicate<JavaClass> others = resideInAnyPackage("trellis..")
                    .and(DescribedPredicate.not(resideInAnyPackage(classes(service).stream()
                            .map(JavaClass::getPackageName)
                            .distinct()
                            .toArray(String[]::new))));
            noClasses().should().dependOnClassesThat(others).check(classes(service));
        }
    }

    @Test
    void wouldBeCaughtHere() {
        JavaClasses offenders = new ClassFileImporter().importClasses(Offender.class);
        assertThrows(AssertionError.class, () -> NO_WAITING.check(offenders));
        assertThrows(
                AssertionError.class,
                () -> NO_INFRASTRUCTURE.check(new ClassFileImporter().importClasses(Balancing.class)));
    }

    private static boolean waits(JavaMethodCall call) {
        return WAITING.entrySet().stream()
                .anyMatch(waiting -> call.getTargetOwner().isEquivalentTo(waiting.getKey())
                        && waiting.getValue().contains(call.getName()));
    }

    private static Stream<String> services() {
        return List.of("product", "recommendation", "review", "product-composite").stream();
    }

    private static JavaClasses classes(String service) {
        JavaClasses classes =
                new ClassFileImporter().importPath(SERVICES.resolve(service).resolve("target/classes"));
        assertFalse(classes.isEmpty(), service + " has not been built");
        return classes;
    }

    private static class Offender {
        Object waits(CompletableFuture<Object> answer) {
            return answer.join();
        }
    }

    private static class Balancing {
        com.netflix.Balancer balancer;
    }
}
