/** Vectors of images, recordings and texts: features of a run's encoder, batches of them, and files of vectors. */
@NullMarked
package org.data2vec4j.embed;

import org.jspecify.annotations.NullMarked;
