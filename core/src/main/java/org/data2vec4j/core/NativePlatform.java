package org.data2vec4j.core;

/**
 * A service that says that the native libraries of a platform are on the class path or module path. Each artifact
 * {@code data2vec4j-natives-…} provides one; on the module path, it is also what brings the libraries into the module graph.
 */
public interface NativePlatform {
    /** The platform as JavaCPP writes it, such as {@code linux-x86_64}. */
    String name();
}
