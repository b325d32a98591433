/** Modules, parameters and the layers that every method is built from. */
@NullMarked
package org.data2vec4j.model.nn;

import org.jspecify.annotations.NullMarked;
