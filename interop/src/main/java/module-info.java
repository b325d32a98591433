/** Weights of fairseq and Hugging Face, ONNX files, and golden cases. */
module org.data2vec4j.interop {
    requires org.jspecify;
    requires org.data2vec4j.audio;
    requires org.data2vec4j.image;
    requires org.data2vec4j.text;
    requires tools.jackson.databind;

    exports org.data2vec4j.interop.fairseq to
            org.data2vec4j;
    exports org.data2vec4j.interop.golden to
            org.data2vec4j;
    exports org.data2vec4j.interop.huggingface to
            org.data2vec4j;
    exports org.data2vec4j.interop.onnx to
            org.data2vec4j;
    exports org.data2vec4j.interop.pickle to
            org.data2vec4j;
}
