// Probes, metrics and the fine-tuning loop. Open, because recipes are bound to its records.
open module org.data2vec4j.evaluation {
    requires org.jspecify;
    requires transitive org.data2vec4j.train;

    exports org.data2vec4j.evaluation.file to
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.evaluation.finetune to
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.evaluation.health to
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.evaluation.metric to
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.evaluation.plane to
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.evaluation.probe to
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.evaluation.suite to
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
}
