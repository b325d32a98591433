package org.data2vec4j.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record that recipes write as one word: its {@code toString()}, which its {@code public static parse(String)} reads. That throws a
 * {@link UserException} for a word that is none.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AsText {
    /** What the word is, for messages, such as {@code a size in pixels}. */
    String value();
}
