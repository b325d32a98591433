package org.data2vec4j.interop.onnx;

/** Something that a graph computes, takes or holds, by its name there. */
record Value(String name) {}
