/** The audio modality: datasets of recordings, the feature encoder, speech recognition and evaluation. */
@NullMarked
package org.data2vec4j.audio;

import org.jspecify.annotations.NullMarked;
