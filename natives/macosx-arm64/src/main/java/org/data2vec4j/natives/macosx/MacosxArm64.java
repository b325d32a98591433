package org.data2vec4j.natives.macosx;

import org.data2vec4j.core.NativePlatform;

/** Says that the libraries for macOS on ARM are there. */
public final class MacosxArm64 implements NativePlatform {
    @Override
    public String name() {
        return "macosx-arm64";
    }
}
