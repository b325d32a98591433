/** What fills the masked places: convolutional and transformer decoders. */
@NullMarked
package org.data2vec4j.model.decoder;

import org.jspecify.annotations.NullMarked;
