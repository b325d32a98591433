/**
 * Byte-level byte-pair encoding: the trainer, the encoder, and the files that others' tokenizers are kept in. Text is bytes
 * here; whatever the bytes are, decoding what was encoded gives them back.
 */
@NullMarked
package org.data2vec4j.text.tokenizer;

import org.jspecify.annotations.NullMarked;
