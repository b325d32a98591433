/** From waveforms to tokens: a convolutional feature extractor and a projection. */
@NullMarked
package org.data2vec4j.model.modality.audio;

import org.jspecify.annotations.NullMarked;
