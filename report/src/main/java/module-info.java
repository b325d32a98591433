/** Pages and plots. */
module org.data2vec4j.report {
    requires org.jspecify;
    requires transitive org.data2vec4j.evaluation;

    exports org.data2vec4j.report to
            org.data2vec4j.image,
            org.data2vec4j.text,
            org.data2vec4j.interop,
            org.data2vec4j;
}
