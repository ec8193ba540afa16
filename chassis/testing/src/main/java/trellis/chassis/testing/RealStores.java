package trellis.chassis.testing;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Runs the service under test with a real database and a real broker. */
@QuarkusTestResource(value = TestStores.class, initArgs = @ResourceArg(name = "database", value = "true"))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RealStores {}
