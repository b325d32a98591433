/**
 * Byte-level byte-pair encoding: the trainer, the encoder, and the files of other libraries' tokenizers. Text is bytes here, so
 * decoding returns exactly the bytes that were encoded.
 */
@NullMarked
package org.data2vec4j.text.tokenizer;

import org.jspecify.annotations.NullMarked;
