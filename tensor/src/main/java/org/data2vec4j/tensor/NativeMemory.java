package org.data2vec4j.tensor;

import org.bytedeco.javacpp.Pointer;

/** What native memory is held, for leak checks and measurements. */
public final class NativeMemory {
    private NativeMemory() {}

    /** How many native objects (tensors among them) are alive; a step that frees all it makes leaves the number as it was. */
    public static long liveObjects() {
        Native.load();
        return Pointer.totalCount();
    }

    /** Gives what was freed back to the system, where the C library keeps it for later. */
    public static void trim() {
        Native.load();
        Pointer.trimMemory();
    }
}
