package trellis.chassis.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;

/** Whether each answer names the instances that it comes from. */
@ConfigMapping(prefix = "served-by")
interface ServedByConfig {

    /** Off by default: names and versions of instances are nothing for the public. */
    @WithDefault("false")
    boolean enabled();

    /** The name of this instance; in a pod, HOSTNAME is that of the pod. */
    @WithDefault("${HOSTNAME:localhost}")
    @Pattern(regexp = Instance.WORD, message = "must be the name of a pod or a host")
    String instance();
}
