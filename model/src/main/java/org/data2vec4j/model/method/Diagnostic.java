package org.data2vec4j.model.method;

/** A number that tells how training goes; names are paths such as {@code target/variance}. */
public record Diagnostic(String name, double value) {}
