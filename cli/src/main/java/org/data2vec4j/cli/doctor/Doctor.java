package org.data2vec4j.cli.doctor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.version.Version;

/** Examines this machine, from the versions up to ten updates of training; each examination stands alone. */
public final class Doctor {
    private final String device;
    private final Path folder;

    /**
     * A doctor.
     *
     * @param device a setting such as {@code auto} or {@code cuda:1}
     * @param folder where runs would be written
     */
    public Doctor(String device, Path folder) {
        this.device = device;
        this.folder = folder;
    }

    /** Examines all, telling each name and finding as it comes; true if all is well. */
    public boolean examine(BiConsumer<String, Finding> told) {
        Map<String, Supplier<Finding>> examinations = new LinkedHashMap<>();
        examinations.put("versions", Doctor::versions);
        examinations.put("natives", Doctor::natives);
        examinations.put("device", this::device);
        examinations.put("threads", Doctor::threads);
        examinations.put("products", () -> ProductRates.examine(Device.parse(device)));
        examinations.put("images", ImageFormats::examine);
        examinations.put("memory", Space::memory);
        examinations.put("disk", () -> Space.disk(folder));
        examinations.put("training", () -> TrainingCheck.examine(device));
        boolean well = true;
        for (Map.Entry<String, Supplier<Finding>> examination : examinations.entrySet()) {
            Finding finding = guarded(examination.getValue());
            well &= finding.ok();
            told.accept(examination.getKey(), finding);
        }
        return well;
    }

    /** A finding whatever happens: one broken part must not hide the others. */
    static Finding guarded(Supplier<Finding> examination) {
        try {
            return examination.get();
        } catch (UserException e) {
            return Finding.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            return Finding.failed(String.valueOf(e).replaceAll("\\s*\\R\\s*", " "));
        }
    }

    private static Finding versions() {
        return Finding.ok("d2v " + Version.number() + ", Java " + property("java.version") + " ("
                + property("java.vendor") + "), " + property("os.name") + " " + property("os.version") + " "
                + property("os.arch"));
    }

    private static Finding natives() {
        return Finding.ok(Native.describe() + ", unpacked in " + Native.folder());
    }

    private Finding device() {
        Device chosen = Device.parse(device);
        if (!chosen.isCpu()) {
            return Finding.ok(chosen.toString());
        }
        String why = Native.whyNotCuda();
        return Finding.ok(chosen + ": " + (why == null ? "as asked for, though a GPU could be used" : why));
    }

    private static Finding threads() {
        int cores = Runtime.getRuntime().availableProcessors();
        return Finding.ok(Native.threads() + " on " + cores + (cores == 1 ? " core" : " cores"));
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
