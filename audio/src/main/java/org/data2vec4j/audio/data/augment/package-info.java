/** Augmentation of audio: noise, rooms, background; in plain Java, with keyed random numbers. */
@NullMarked
package org.data2vec4j.audio.data.augment;

import org.jspecify.annotations.NullMarked;
