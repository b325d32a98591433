/** YAML recipes as records and back. */
module org.data2vec4j.config {
    requires org.jspecify;
    requires transitive org.data2vec4j.core;
    requires org.snakeyaml.engine;
    requires tools.jackson.databind;

    exports org.data2vec4j.config to
            org.data2vec4j;
}
