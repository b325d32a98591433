/** Evaluation of image encoders: labelled images, frozen features and the raw-pixel baseline. */
@NullMarked
package org.data2vec4j.image.eval;

import org.jspecify.annotations.NullMarked;
