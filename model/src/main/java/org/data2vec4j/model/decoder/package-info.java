/** Decoders that predict features at masked positions: convolutional, transformer and cross-attention. */
@NullMarked
package org.data2vec4j.model.decoder;

import org.jspecify.annotations.NullMarked;
