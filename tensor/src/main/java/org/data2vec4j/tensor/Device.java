package org.data2vec4j.tensor;

import java.util.Locale;
import org.bytedeco.pytorch.global.torch;
import org.data2vec4j.core.UserException;

/**
 * Where tensors live and compute.
 *
 * @param kind the family of device
 * @param index which one of its family; 0 for the CPU
 */
public record Device(Kind kind, int index) {
    /** The processor. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    /** A family of devices. */
    public enum Kind {
        /** The processor. */
        CPU,
        /** An NVIDIA GPU. */
        CUDA
    }

    /**
     * The device named by a setting: {@code auto} (a GPU where this build and machine have one, else the CPU), {@code cpu},
     * {@code cuda} or {@code cuda:N}.
     *
     * @throws UserException if there is no such device here; it is never replaced by another in silence
     */
    public static Device parse(String name) {
        Native.load();
        String text = name.trim().toLowerCase(Locale.ROOT);
        if (text.equals("cpu")) {
            return CPU;
        }
        if (text.equals("auto")) {
            return torch.cuda_is_available() ? new Device(Kind.CUDA, 0) : CPU;
        }
        if (text.matches("cuda(:\\d{1,3})?")) {
            int index = text.length() > 5 ? Integer.parseInt(text.substring(5)) : 0;
            if (!torch.cuda_is_available()) {
                throw new UserException(
                        "device is '" + name + "' but no CUDA device can be used here; set device=cpu or"
                                + " device=auto, or build with -Pgpu on a machine that has one (d2v doctor says more)");
            }
            int count = torch.cuda_device_count();
            if (index >= count) {
                throw new UserException("device is '" + name + "' but this machine has " + count
                        + " CUDA device(s); allowed: cuda:0 to cuda:" + (count - 1));
            }
            return new Device(Kind.CUDA, index);
        }
        throw new UserException("device is '" + name + "'; allowed: auto, cpu, cuda, cuda:N");
    }

    /** Whether this is the processor. */
    public boolean isCpu() {
        return kind == Kind.CPU;
    }

    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "cuda:" + index;
    }

    org.bytedeco.pytorch.Device raw() {
        return new org.bytedeco.pytorch.Device(toString());
    }
}
