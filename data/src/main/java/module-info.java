// Sample orders, shards and the deterministic loader, on plain arrays. Open, because recipes are bound to its records.
open module org.data2vec4j.data {
    requires org.jspecify;
    requires transitive org.data2vec4j.core;
    requires tools.jackson.databind;
    requires transitive org.bytedeco.ffmpeg;
    requires org.bytedeco.javacpp;

    exports org.data2vec4j.data;
    exports org.data2vec4j.data.ffmpeg to
            org.data2vec4j.image,
            org.data2vec4j.audio;
    exports org.data2vec4j.data.parquet to
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text;
    exports org.data2vec4j.data.tar to
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
    exports org.data2vec4j.data.text to
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
}
