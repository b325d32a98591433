/** Shared by all modules: keyed random numbers, the registry, checks of values, and the error that a user can act on. */
@NullMarked
package org.data2vec4j.core;

import org.jspecify.annotations.NullMarked;
