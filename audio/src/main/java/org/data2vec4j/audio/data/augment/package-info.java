/** Recordings made to sound otherwise: noise, rooms, background; plain Java, keyed randomness. */
@NullMarked
package org.data2vec4j.audio.data.augment;

import org.jspecify.annotations.NullMarked;
