/** Keyed random numbers, the registry of kinds, checks and the error that a user can act on. */
module org.data2vec4j.core {
    requires transitive org.jspecify;
    requires transitive org.slf4j;

    exports org.data2vec4j.core;

    uses org.data2vec4j.core.KindProvider;
}
