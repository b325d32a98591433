package org.data2vec4j.core;

import java.util.List;

/**
 * A service that adds choices to recipes: records that implement a port marked {@link Registered}, or that can be a section chosen by
 * {@link OneOf}. A jar adds a method or a modality by naming its provider in {@code META-INF/services/org.data2vec4j.core.KindProvider},
 * or by {@code provides} in its module declaration.
 */
public interface KindProvider {
    /** The records, each with a {@link Kind}. */
    List<Class<? extends Record>> kinds();
}
