// Layers, masks, encoders, decoders and the pre-training methods. Open, because recipes are bound to its records.
open module org.data2vec4j.model {
    requires org.jspecify;
    requires transitive org.data2vec4j.core;
    requires transitive org.data2vec4j.tensor;
    requires transitive org.data2vec4j.data;

    exports org.data2vec4j.model.encoder;
    exports org.data2vec4j.model.mask;
    exports org.data2vec4j.model.method;
    exports org.data2vec4j.model.nn;
    exports org.data2vec4j.model.contrast to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.decoder to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.loss to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.method.aqc to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.method.data2vec1 to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.method.data2vec2 to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.method.mae to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.method.roberta to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.method.wav2vec2 to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.quantizer to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.task to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.task.classify to
            org.data2vec4j.train,
            org.data2vec4j.evaluation,
            org.data2vec4j.report,
            org.data2vec4j.index,
            org.data2vec4j.image,
            org.data2vec4j.audio,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.model.teacher to
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
