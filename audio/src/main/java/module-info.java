// The audio modality. Open, because recipes are bound to its records.
open module org.data2vec4j.audio {
    requires org.jspecify;
    requires transitive org.data2vec4j.evaluation;
    requires org.bytedeco.ffmpeg;
    requires org.bytedeco.javacpp;
    requires tools.jackson.databind;

    exports org.data2vec4j.audio to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.audio.ctc to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.audio.data to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.audio.data.augment to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.audio.data.decode to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.audio.data.feature to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.audio.data.synthetic to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.audio.eval to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.audio.lm to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.audio.model to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.audio.recognition to
            org.data2vec4j.interop,
            org.data2vec4j;
}
