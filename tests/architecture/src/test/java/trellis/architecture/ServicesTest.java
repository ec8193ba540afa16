package trellis.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.ws.rs.GET;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Java of a service must not contain, and what the chassis must not know of the services. */
class ServicesTest {

    private static final ArchRule NO_INFRASTRUCTURE = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.fabric8..", // Kubernetes clients
                    "io.kubernetes..",
                    "io.quarkus.kubernetes..",
                    "io.smallrye.stork..", // registries and load balancers
                    "com.ecwid.consul..",
                    "com.netflix..",
                    "org.springframework.."))
            .because("the platform finds and balances; see docs/decisions");

    private static final ArchRule NO_SPANS = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.opentelemetry..", "io.micrometer.."))
            .because("the frameworks create spans and meters, and the chassis adds what they don't know");

    /** The methods of a class that block the calling thread. */
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

    private static final ArchRule NO_INTERFACE = noClasses()
            .should()
            .beAnnotatedWith("jakarta.ws.rs.Path")
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("org.eclipse.microprofile.reactive.messaging..")
                    .and(not(simpleName("Metadata")))) // the metadata that a dead letter receives
            .because("paths, channels and topics are the services' own");

    private static final ArchRule ONLY_THE_POSITION = classes()
            .that()
            .areAnnotatedWith("jakarta.persistence.Entity")
            .should()
            .haveFullyQualifiedName("trellis.chassis.log.AppliedUpdate")
            .because("what is stored is the services' own, but for how far they have read");

    @Test
    void containNoInfrastructure() {
        all().forEach(NO_INFRASTRUCTURE::check);
        services().forEach(NO_SPANS::check);
    }

    @Test
    void neverBlock() {
        all().forEach(NO_WAITING::check);
        services().forEach(ANSWERS_ARE_PROMISES::check);
    }

    @Test
    void shareNothingButTheChassis() {
        services().forEach(service -> noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("trellis..")
                        .and(not(resideInAnyPackage("trellis.chassis..")))
                        .and(not(resideInAnyPackage(packages(service)))))
                .check(service));
    }

    @Test
    void areUnknownToTheChassis() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("trellis..").and(not(resideInAnyPackage("trellis.chassis.."))))
                .check(chassis());
    }

    @Test
    void aloneHavePathsChannelsAndEntities() {
        NO_INTERFACE.check(chassis());
        ONLY_THE_POSITION.check(chassis());
    }

    @Test
    void wouldBeCaughtHere() {
        assertCaught(NO_WAITING, Offender.class);
        assertCaught(NO_INFRASTRUCTURE, Balancing.class);
        assertCaught(NO_SPANS, Drawing.class);
        assertCaught(ANSWERS_ARE_PROMISES, PlainAnswer.class);
        assertCaught(NO_INTERFACE, PlainAnswer.class);
        assertCaught(ONLY_THE_POSITION, Thing.class);
    }

    private static void assertCaught(ArchRule rule, Class<?> offender) {
        JavaClasses classes = new ClassFileImporter().importClasses(offender);
        assertThrows(AssertionError.class, () -> rule.check(classes), offender.getSimpleName());
    }

    private static boolean waits(JavaMethodCall call) {
        return WAITING.entrySet().stream()
                .anyMatch(waiting -> call.getTargetOwner().isEquivalentTo(waiting.getKey())
                        && waiting.getValue().contains(call.getName()));
    }

    private static Stream<JavaClasses> all() {
        return Stream.concat(services(), Stream.of(chassis()));
    }

    private static Stream<JavaClasses> services() {
        return modulesIn(Path.of("../../services")).map(ServicesTest::classesOf);
    }

    private static JavaClasses chassis() {
        return classesOf(modulesIn(Path.of("../../chassis"))
                .filter(module -> !module.endsWith("testing"))
                .toArray(Path[]::new));
    }

    private static Stream<Path> modulesIn(Path room) {
        try (Stream<Path> folders = Files.list(room)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaClasses classesOf(Path... modules) {
        for (Path module : modules) {
            assertTrue(Files.exists(module.resolve("target/classes/trellis")), module + " has not been built");
        }
        return new ClassFileImporter()
                .importPaths(Arrays.stream(modules)
                        .map(module -> module.resolve("target/classes"))
                        .toArray(Path[]::new));
    }

    private static String[] packages(JavaClasses classes) {
        return classes.stream().map(JavaClass::getPackageName).distinct().toArray(String[]::new);
    }

    private static class Offender {
        Object waits(CompletableFuture<Object> answer) {
            return answer.join();
        }
    }

    private static class Balancing {
        com.netflix.Balancer balancer;
    }

    private static class Drawing {
        io.opentelemetry.api.trace.Span span;
    }

    @jakarta.ws.rs.Path("/things")
    private static class PlainAnswer {
        @GET
        public String thing() {
            return "plain";
        }
    }

    @Entity
    private static class Thing {}
}
