// Experiments about recipes. Open, because recipes are bound to its records.
open module org.data2vec4j.lab {
    requires org.jspecify;
    requires transitive org.data2vec4j;
    requires org.data2vec4j.audio;
    requires org.data2vec4j.config;
    requires org.data2vec4j.evaluation;
    requires org.data2vec4j.image;
    requires org.data2vec4j.interop;
    requires org.data2vec4j.report;
    requires org.data2vec4j.text;
    requires tools.jackson.databind;
    requires static com.microsoft.onnxruntime;
}
