package org.data2vec4j.text.data;

import org.jspecify.annotations.Nullable;

/**
 * A sentence, or a pair of them, with what is to be predicted. {@code target}: the class, an index into the task's classes, or
 * the value; NaN where it is unknown, as in published test sets.
 */
public record LabelledText(String first, @Nullable String second, float target) {}
