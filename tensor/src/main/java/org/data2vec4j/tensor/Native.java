package org.data2vec4j.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.data2vec4j.core.NativePlatform;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries, loaded once. Everything is unpacked before anything is loaded: a library loaded while the one it needs
 * is still in its jar can bind to a copy that the system happens to have, and crash the JVM.
 *
 * <p>The number of threads is one for the whole JVM, so the library changes it only where nobody has chosen it: neither the program, by
 * {@link #threads(int)} or by using libtorch before, nor the environment, by a variable of OpenMP. What is changed is logged once.
 * How long OpenMP's threads spin while they wait is bounded in the same way; see {@link SpinLimit}.
 */
public final class Native {
    private static final Logger LOG = LoggerFactory.getLogger(Native.class);
    private static final List<String> VARIABLES = List.of("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "MKL_NUM_THREADS");
    private static volatile boolean loaded;
    private static int chosen;
    private static boolean said;

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
        boolean used = Loader.getLoadedLibraries().keySet().stream().anyMatch(name -> name.contains("torch"));
        if (!used) {
            SpinLimit.set();
        }
        try {
            for (String library : new String[] {"openblas", "pytorch"}) {
                Loader.cacheResources("/org/bytedeco/" + library + "/" + platform + "/");
            }
            Loader.load(torch.class);
        } catch (IOException | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new UserException(
                    "the native library libtorch cannot be loaded on " + platform + ": " + e.getMessage() + "; "
                            + remedy(platform, platforms()),
                    e);
        }
        if (used || chosenBy(System.getenv())) {
            chosen = torch.get_num_threads();
        }
        setThreads(chosen > 0 ? chosen : Math.min(torch.get_num_threads(), processors()));
        Shutdown.install();
        loaded = true;
    }

    /** The platforms whose libraries are on the class path or module path. */
    private static List<String> platforms() {
        return ServiceLoader.load(NativePlatform.class, Native.class.getClassLoader()).stream()
                .map(provider -> provider.get().name())
                .sorted()
                .toList();
    }

    /** What to do about libraries that cannot be loaded. */
    static String remedy(String platform, List<String> present) {
        if (present.contains(platform)) {
            return "check that the cache folder ~/.javacpp is writable";
        }
        return "add the dependency org.data2vec4j:data2vec4j-natives-" + platform
                + (present.isEmpty() ? "" : " (present: " + String.join(", ", present) + ")")
                + "; there are libraries for linux-x86_64, macosx-arm64 and windows-x86_64";
    }

    /** Whether a variable of the environment says how many threads to use. */
    static boolean chosenBy(Map<String, String> environment) {
        return VARIABLES.stream().anyMatch(environment::containsKey);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Chooses how many threads one operator may use, for the whole JVM; at most the processors that the JVM may use. Runs whose recipe
     * does not say how many keep to it.
     */
    public static synchronized void threads(int count) {
        load();
        chosen = Math.max(1, Math.min(count, processors()));
        setThreads(chosen);
    }

    /**
     * Sets how many threads one operator may use while a run trains: what its recipe says, which a later run's recipe may say otherwise.
     *
     * @param count what the recipe says; 0 keeps what the program or the environment has chosen
     * @param otherwise used where {@code count} is 0 and nothing has been chosen
     */
    public static synchronized void threadsOfRun(int count, int otherwise) {
        load();
        if (count > 0) {
            setThreads(Math.min(count, processors()));
        } else {
            threadsUnlessChosen(otherwise);
        }
    }

    /** Sets how many threads one operator may use, unless the program or the environment has chosen it. */
    public static synchronized void threadsUnlessChosen(int count) {
        load();
        setThreads(chosen > 0 ? chosen : Math.max(1, Math.min(count, processors())));
    }

    /**
     * OpenBLAS has threads of its own, which would spin against libtorch's for the same cores: it gets one. It also has to: its
     * parallel LU factorisation keeps over 4 MiB on the stack, and crashes on a Java thread, which has one. Said every time: said
     * once, it did not hold through a whole test run (lab notebook).
     */
    private static void setThreads(int count) {
        int before = torch.get_num_threads();
        if (before != count) {
            torch.set_num_threads(count);
        }
        blasThreads(1);
        if (!said) {
            said = true;
            LOG.info(
                    "set for the whole JVM: libtorch computes with {} threads (before: {}), OpenBLAS with 1; JavaCPP's limits on"
                            + " native memory are off unless their properties are set",
                    count,
                    before);
        } else if (before != count) {
            LOG.debug("libtorch computes with {} threads (before: {})", count, before);
        }
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

    /** The folder that libtorch was unpacked to and loaded from. */
    public static Path folder() {
        load();
        Path library = Path.of(Loader.load(torch.class));
        Path folder = library.getParent();
        return folder == null ? library : folder;
    }

    /** Why {@link Device#parse} takes no GPU when it may choose; null if it takes one. */
    public static @Nullable String whyNotCuda() {
        load();
        if (torch.cuda_is_available()) {
            return null;
        }
        String build = torch.show_config().getString();
        return build.contains("USE_CUDA=ON") || build.contains("USE_CUDA=1")
                ? "no GPU, or no driver for it, can be used here (nvidia-smi says more)"
                : "this is the CPU build of libtorch (mvn -Pgpu builds with CUDA)";
    }
}
