/** Spectral features in plain Java: the control that learned features are measured against. */
@NullMarked
package org.data2vec4j.data.audio.feature;

import org.jspecify.annotations.NullMarked;
