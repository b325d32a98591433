/** The feature encoder of audio: a convolutional feature extractor and a projection. */
@NullMarked
package org.data2vec4j.audio.model;

import org.jspecify.annotations.NullMarked;
