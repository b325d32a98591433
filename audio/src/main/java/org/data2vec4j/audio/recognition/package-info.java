/** Speech recognition: the CTC model, the fine-tuning task, and recognition of long recordings in windows. */
@NullMarked
package org.data2vec4j.audio.recognition;

import org.jspecify.annotations.NullMarked;
