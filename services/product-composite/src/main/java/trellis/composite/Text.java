package trellis.composite;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Text that every reader of the log takes and every store behind it can keep: not blank in any script, no NUL (PostgreSQL
 * has none in its text type) and no half of a surrogate pair (UTF-8 has none, RFC 3629 section 3).
 */
@NotNull
@Pattern(regexp = "(?s).*[^\\p{Z}\\p{Cc}\\uFEFF].*", message = "must not be blank")
@Pattern(regexp = "[^\\x00\\p{Cs}]*", message = "must not contain NUL or half a surrogate pair")
@Constraint(validatedBy = {})
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@interface Text {

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
