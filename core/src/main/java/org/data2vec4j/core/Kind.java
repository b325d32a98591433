package org.data2vec4j.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name a record goes by in a recipe, where its sealed interface is configured: {@code kind: inverse_block}. Without it the
 * name is the record's simple name in lower_snake, less the interface's own words at its end.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {
    /** The name, in lower_snake. */
    String value();
}
