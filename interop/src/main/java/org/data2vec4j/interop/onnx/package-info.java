/** Export of encoders and fine-tuned models as ONNX files. */
@NullMarked
package org.data2vec4j.interop.onnx;

import org.jspecify.annotations.NullMarked;
