// The image modality. Open, because recipes are bound to its records.
open module org.data2vec4j.image {
    requires org.jspecify;
    requires transitive org.data2vec4j.evaluation;
    requires transitive org.data2vec4j.report;
    requires transitive java.desktop;
    requires org.bytedeco.ffmpeg;
    requires org.bytedeco.javacpp;

    exports org.data2vec4j.image to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.image.data to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.image.data.augment to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.image.eval to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.image.finetune to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.image.model to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.image.page to
            org.data2vec4j.interop,
            org.data2vec4j;
}
