// The trainer, checkpoints, guards and listeners. Open, because recipes are bound to its records.
open module org.data2vec4j.train {
    requires org.jspecify;
    requires transitive java.desktop;
    requires transitive org.data2vec4j.model;
    requires tools.jackson.databind;

    exports org.data2vec4j.train;
    exports org.data2vec4j.train.data;
    exports org.data2vec4j.train.listener;
    exports org.data2vec4j.train.run;
    exports org.data2vec4j.train.checkpoint to
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.train.distributed to
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.train.guard to
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.train.loop to
            org.data2vec4j.evaluation,
            org.data2vec4j;
    exports org.data2vec4j.train.optimizer to
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.train.record to
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.train.schedule to
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
}
