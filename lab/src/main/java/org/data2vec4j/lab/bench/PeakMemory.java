package org.data2vec4j.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The largest resident memory of this process, as Linux counts it; elsewhere nothing tells. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String FIELD = "VmHWM:";
    private static final double KB_PER_MB = 1024;

    private PeakMemory() {}

    /** Lets the peak begin again at what is resident now; false where that cannot be done. */
    static boolean reset() {
        if (!Files.isWritable(CLEAR)) {
            return false;
        }
        try {
            Files.writeString(CLEAR, "5", StandardOpenOption.WRITE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The peak in MB (2²⁰ bytes) since the start or the last {@link #reset}; null where nothing tells. */
    static @Nullable Double megabytes() {
        if (!Files.isReadable(STATUS)) {
            return null;
        }
        try {
            return parse(Files.readAllLines(STATUS));
        } catch (IOException e) {
            return null;
        }
    }

    /** The peak in the lines of a status file; null if there is none. */
    static @Nullable Double parse(List<String> status) {
        for (String line : status) {
            if (line.startsWith(FIELD)) {
                String digits = line.replaceAll("[^0-9]", "");
                return digits.isEmpty() ? null : Double.parseDouble(digits) / KB_PER_MB;
            }
        }
        return null;
    }
}
