/**
 * Recordings in: sources of 16 kHz mono samples with transcripts, classes and speakers, and the deterministic loader over them.
 * Plain arrays only.
 */
@NullMarked
package org.data2vec4j.audio.data;

import org.jspecify.annotations.NullMarked;
