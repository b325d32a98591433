/** wav2vec 2.0 (Baevski et al., 2020, arXiv:2006.11477). */
@NullMarked
package org.data2vec4j.model.method.wav2vec2;

import org.jspecify.annotations.NullMarked;
