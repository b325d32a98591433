// The text modality. Open, because recipes are bound to its records.
open module org.data2vec4j.text {
    requires org.jspecify;
    requires transitive org.data2vec4j.evaluation;
    requires transitive org.data2vec4j.report;
    requires tools.jackson.databind;

    exports org.data2vec4j.text to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.text.data to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.text.eval to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.text.finetune to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.text.model to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.text.page to
            org.data2vec4j.interop,
            org.data2vec4j;
    exports org.data2vec4j.text.tokenizer to
            org.data2vec4j.interop,
            org.data2vec4j;
}
