package org.data2vec4j.tensor;

import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Where the native libraries are and what they can use, for {@code d2v doctor}. */
public final class NativeReport {
    private NativeReport() {}

    /** The folder that libtorch was unpacked to and loaded from. */
    public static Path folder() {
        Native.load();
        Path library = Path.of(Loader.load(torch.class));
        Path folder = library.getParent();
        return folder == null ? library : folder;
    }

    /** Why {@link Device#parse} takes no GPU when it may choose; null if it takes one. */
    public static @Nullable String whyNotCuda() {
        Native.load();
        if (torch.cuda_is_available()) {
            return null;
        }
        String build = torch.show_config().getString();
        return build.contains("USE_CUDA=ON") || build.contains("USE_CUDA=1")
                ? "no GPU, or no driver for it, can be used here (nvidia-smi says more)"
                : "this is the CPU build of libtorch (mvn -Pgpu builds with CUDA)";
    }
}
