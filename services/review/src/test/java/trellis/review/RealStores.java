package trellis.review;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import trellis.local.TestStores;

/** The service as it runs, on a real database and a real broker. */
@QuarkusTest
@QuarkusTestResource(value = TestStores.class, initArgs = @ResourceArg(name = "service", value = "review"))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface RealStores {}
