/*
 * The library: load, embed, pre-train, fine-tune, evaluate, import and export. Open, because recipes are bound to its records and
 * its recipes are resources.
 */
open module org.data2vec4j {
    requires org.jspecify;
    requires transitive org.data2vec4j.train;
    requires transitive java.desktop;
    requires org.data2vec4j.audio;
    requires org.data2vec4j.config;
    requires org.data2vec4j.evaluation;
    requires org.data2vec4j.image;
    requires org.data2vec4j.index;
    requires org.data2vec4j.interop;
    requires org.data2vec4j.report;
    requires org.data2vec4j.text;
    requires tools.jackson.databind;

    exports org.data2vec4j;

    uses org.data2vec4j.report.PageSource;

    provides org.data2vec4j.core.KindProvider with
            org.data2vec4j.recipe.BuiltInKinds;
}
