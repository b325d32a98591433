package org.data2vec4j.data;

import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * A hash over the bytes of some samples of a source, evenly spread: a file that was changed in place, with its name and size, is
 * noticed if it is among them. The same samples are read each time.
 */
public final class ContentSample {
    private static final int SAMPLES = 32;

    /** Reads the bytes of samples. */
    public interface Reader {
        /** The bytes of a sample's file. */
        byte[] read(int index) throws IOException;
    }

    private ContentSample() {}

    /** The hash of up to 32 of {@code size} samples; one that cannot be read counts as such. */
    public static String of(int size, Reader reader) {
        Fingerprint print = new Fingerprint();
        int count = Math.min(size, SAMPLES);
        for (int i = 0; i < count; i++) {
            try {
                CRC32C checksum = new CRC32C();
                checksum.update(reader.read((int) ((long) i * size / count)));
                print.add(checksum.getValue());
            } catch (IOException e) {
                print.add("unreadable");
            }
        }
        return print.hex();
    }
}
