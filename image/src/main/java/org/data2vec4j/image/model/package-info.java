/** From pixels to tokens: patch embedding, positions, extra tokens. */
@NullMarked
package org.data2vec4j.image.model;

import org.jspecify.annotations.NullMarked;
