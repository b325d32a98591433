package org.data2vec4j.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting that a recipe writes as one section named after its {@link Kind}, as in {@code data2vec2: {…}}, instead of the setting's
 * own name with a {@code kind:} inside. Exactly one of the sections of the records in the {@link Registry} that implement the
 * setting's type must be there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OneOf {}
