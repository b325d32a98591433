/**
 * The safetensors file format, read and written strictly and in plain Java: an 8-byte little-endian header length, a JSON header
 * naming each tensor's type, shape and place, then the tensors' bytes (https://github.com/huggingface/safetensors, "Format").
 */
@NullMarked
package org.data2vec4j.tensor.safetensors;

import org.jspecify.annotations.NullMarked;
