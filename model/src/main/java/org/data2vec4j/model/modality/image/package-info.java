/** From pixels to tokens: patch embedding, positions, extra tokens. */
@NullMarked
package org.data2vec4j.model.modality.image;

import org.jspecify.annotations.NullMarked;
