/** A run's encoder for use: vectors of pictures, recordings and texts. */
@NullMarked
package org.data2vec4j.embed;

import org.jspecify.annotations.NullMarked;
