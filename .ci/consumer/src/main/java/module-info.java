module consumer {
    requires org.data2vec4j;
}
