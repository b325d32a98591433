/** Encoders and fine-tuned models as ONNX files, for ONNX Runtime and whatever else reads them. */
@NullMarked
package org.data2vec4j.interop.onnx;

import org.jspecify.annotations.NullMarked;
