package org.data2vec4j.natives.linux;

import org.data2vec4j.core.NativePlatform;

/** Says that the libraries for Linux on x86-64 are there. */
public final class LinuxX8664 implements NativePlatform {
    @Override
    public String name() {
        return "linux-x86_64";
    }
}
