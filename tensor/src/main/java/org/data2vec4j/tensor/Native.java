package org.data2vec4j.tensor;

import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.data2vec4j.core.UserException;

/**
 * The native libraries, loaded once. Everything is unpacked before anything is loaded: a library loaded while the one it needs
 * is still in its jar can bind to a copy that the system happens to have, and crash the JVM.
 */
public final class Native {
    private static volatile boolean loaded;

    private Native() {}

    /**
     * Makes sure that libtorch is there.
     *
     * @throws UserException if this platform's libraries are not on the class path or cannot be loaded
     */
    public static void load() {
        if (!loaded) {
            loadOnce();
        }
    }

    private static synchronized void loadOnce() {
        if (loaded) {
            return;
        }
        // JavaCPP counts a few bytes for a tensor of megabytes, so that its limits only ever misfire.
        defaultProperty("org.bytedeco.javacpp.maxBytes", "0");
        defaultProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        String platform = Loader.getPlatform();
        try {
            for (String library : new String[] {"openblas", "pytorch"}) {
                Loader.cacheResources("/org/bytedeco/" + library + "/" + platform + "/");
            }
            Loader.load(torch.class);
        } catch (IOException | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new UserException(
                    "the native library libtorch cannot be loaded on " + platform + ": " + e.getMessage()
                            + "; build on this machine's platform (linux-x86_64, macosx-arm64 or windows-x86_64) and check that"
                            + " the cache folder ~/.javacpp is writable",
                    e);
        }
        setThreads(Math.min(torch.get_num_threads(), Runtime.getRuntime().availableProcessors()));
        Shutdown.install();
        loaded = true;
    }

    /** Sets how many threads one operator may use; at most the processors that the JVM may use. */
    public static void threads(int count) {
        load();
        setThreads(Math.max(1, Math.min(count, Runtime.getRuntime().availableProcessors())));
    }

    /**
     * OpenBLAS has threads of its own, which would spin against libtorch's for the same cores: it gets one. It also has to: its
     * parallel LU factorisation keeps over 4 MiB on the stack, and crashes on a Java thread, which has one. Said every time: said
     * once, it did not hold through a whole test run (lab notebook).
     */
    private static void setThreads(int count) {
        torch.set_num_threads(count);
        blasThreads(1);
    }

    /** What this looks up is freed at once: left to the garbage collector, it would be counted as a leak. */
    static void blasThreads(int count) {
        try (PointerScope scope = new PointerScope()) {
            openblas.blas_set_num_threads(count);
        }
    }

    /** How many threads one operator may use. */
    public static int threads() {
        load();
        return torch.get_num_threads();
    }

    /**
     * How many native objects Java holds now, in all threads: for tests that nothing leaks. The count may fall at any time, when the
     * garbage collector frees an object that somebody forgot; so a test may say that it did not rise, never that it is the same.
     */
    public static long livePointers() {
        return Pointer.totalCount();
    }

    /** Gives what was freed back to the system, where the C library keeps it for later. */
    public static void trim() {
        load();
        Pointer.trimMemory();
    }

    /** The version of libtorch and how it was built, for reports. */
    public static String describe() {
        load();
        String build = torch.show_config().getString();
        return "libtorch " + between(build, "TORCH_VERSION=", ",") + " on " + Loader.getPlatform() + ", CPU capability "
                + between(build, "CPU capability usage: ", "\n");
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before);
        int end = start < 0 ? -1 : text.indexOf(after, start);
        return end < 0
                ? "unknown"
                : text.substring(start + before.length(), end).trim();
    }

    private static void defaultProperty(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
