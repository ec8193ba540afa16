package trellis.composite;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Text that every consumer of the log accepts and PostgreSQL can store: not blank in any script, no NUL (which
 * PostgreSQL's text type cannot contain) and no unpaired surrogate (which UTF-8 cannot contain, RFC 3629 section 3). As
 * with every constraint, null is valid; a required text is {@code @NotNull} as well.
 */
@Pattern(regexp = "(?s).*[^\\p{Z}\\p{Cc}\\uFEFF].*", message = "must not be blank")
@Pattern(regexp = "[^\\x00\\p{Cs}]*", message = "must not contain NUL or an unpaired surrogate")
@Constraint(validatedBy = {})
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@interface Text {

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
