/** Tensors over libtorch: the only module that touches native memory. */
module org.data2vec4j.tensor {
    requires org.jspecify;
    requires transitive org.data2vec4j.core;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.openblas;
    requires org.bytedeco.pytorch;
    requires tools.jackson.databind;

    exports org.data2vec4j.tensor;
    exports org.data2vec4j.tensor.distributed to
            org.data2vec4j.model,
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.tensor.safetensors to
            org.data2vec4j.model,
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;

    uses org.data2vec4j.core.NativePlatform;
}
