/** Spectral features in plain Java: the baseline that learned features are compared with. */
@NullMarked
package org.data2vec4j.audio.data.feature;

import org.jspecify.annotations.NullMarked;
