/** Spectral features in plain Java: the control that learned features are measured against. */
@NullMarked
package org.data2vec4j.audio.data.feature;

import org.jspecify.annotations.NullMarked;
