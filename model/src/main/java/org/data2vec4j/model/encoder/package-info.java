/** What differs between images, speech and text up to the tokens, and the encoder they share from there on. */
@NullMarked
package org.data2vec4j.model.encoder;

import org.jspecify.annotations.NullMarked;
