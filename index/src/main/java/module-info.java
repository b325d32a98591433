/** The vectors of a collection on disk: search, statistics, duplicates, outliers and selections. */
module org.data2vec4j.index {
    requires org.jspecify;
    requires transitive org.data2vec4j.evaluation;
    requires tools.jackson.databind;

    exports org.data2vec4j.index to
            org.data2vec4j;
}
