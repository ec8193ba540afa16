package trellis.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of what the platform does for the landscape, which requires a cluster: {@code make e2e} runs it, {@code make
 * test} does not.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("cluster")
@ExtendWith(LandscapeResolver.class)
@Timeout(value = 6, unit = TimeUnit.MINUTES) // roll-outs that watch each new instance for twenty seconds, on two cores
@interface ClusterTest {}
