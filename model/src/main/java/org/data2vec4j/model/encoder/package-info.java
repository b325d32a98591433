/** The transformer encoder, and the ports of the feature encoders that turn inputs into tokens. */
@NullMarked
package org.data2vec4j.model.encoder;

import org.jspecify.annotations.NullMarked;
