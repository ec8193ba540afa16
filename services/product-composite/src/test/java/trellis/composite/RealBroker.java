package trellis.composite;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import trellis.chassis.testing.TestStores;

/** Runs the service with a real broker and stubs of the other services. */
@QuarkusTest
@QuarkusTestResource(TestStores.class)
@QuarkusTestResource(StubNeighbours.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface RealBroker {}
