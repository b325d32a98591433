package org.data2vec4j.natives.windows;

import org.data2vec4j.core.NativePlatform;

/** Says that the libraries for Windows on x86-64 are there. */
public final class WindowsX8664 implements NativePlatform {
    @Override
    public String name() {
        return "windows-x86_64";
    }
}
