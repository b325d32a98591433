package org.data2vec4j.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Room in memory and on disk. */
final class Space {
    private static final long LEAST = 512L << 20;
    private static final double GIB = 1L << 30;
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    private Space() {}

    static Finding memory() {
        long free = freeMemory();
        String seen =
                gib(free) + " free, Java heap up to " + gib(Runtime.getRuntime().maxMemory());
        return free >= LEAST
                ? Finding.ok(seen)
                : Finding.failed(
                        seen + "; tensors live outside the heap: free some memory, " + gib(LEAST) + " at least");
    }

    static Finding disk(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String seen = gib(free) + " free in " + folder.toAbsolutePath().normalize();
            if (!Files.isWritable(folder)) {
                return Finding.failed(seen + ", which cannot be written: give run=DIR elsewhere");
            }
            return free >= LEAST
                    ? Finding.ok(seen)
                    : Finding.failed(seen + "; checkpoints need room: free some, or give run=DIR elsewhere");
        } catch (IOException e) {
            return Finding.failed("cannot look at " + folder.toAbsolutePath() + ": " + e);
        }
    }

    /** What programs could take: on Linux with what the file cache would give back, which other counts leave out. */
    private static long freeMemory() {
        if (Files.isReadable(MEMINFO)) {
            try {
                for (String line : Files.readAllLines(MEMINFO)) {
                    if (line.startsWith(AVAILABLE)) {
                        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                    }
                }
            } catch (IOException | NumberFormatException e) {
                return fromJava();
            }
        }
        return fromJava();
    }

    private static long fromJava() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getFreeMemorySize();
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }
}
