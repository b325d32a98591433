/** Frozen features of recordings, measured by what can be told from them: words, speakers. */
@NullMarked
package org.data2vec4j.audio.eval;

import org.jspecify.annotations.NullMarked;
