package org.data2vec4j.embed;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * NumPy's file of float32 (N, D), version 1.0 of the form, and beside it a file of the N names, one a line. How many there are is
 * known at the end only, so the header, which has a fixed length, is written over.
 */
final class NpyVectorFile implements VectorWriter {
    private static final int HEADER = 128;

    private final StagedFile file;
    private final StagedFile namesFile;
    private final OutputStream out;
    private final OutputStream names;
    private final int width;
    private long count;

    NpyVectorFile(Path target, int width) {
        this.width = width;
        this.file = StagedFile.of(target);
        this.namesFile = StagedFile.of(names(target));
        try {
            this.out = new BufferedOutputStream(Files.newOutputStream(file.path()));
            this.names = new BufferedOutputStream(Files.newOutputStream(namesFile.path()));
            out.write(new byte[HEADER]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of names beside a file of vectors. */
    static Path names(Path target) {
        String name = String.valueOf(target.getFileName());
        return target.resolveSibling(name.substring(0, name.length() - ".npy".length()) + ".names.txt");
    }

    @Override
    public void add(String name, float[] vector) {
        byte[] row = new byte[Float.BYTES * width];
        ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector);
        try {
            out.write(row);
            names.write((name.replace('\n', ' ').replace('\r', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count++;
    }

    @Override
    public void finish() {
        try {
            out.close();
            try (RandomAccessFile written = new RandomAccessFile(file.path().toFile(), "rw")) {
                written.write(header());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        namesFile.finish(names);
        file.finish(out);
    }

    private byte[] header() {
        byte[] header = new byte[HEADER];
        Arrays.fill(header, (byte) ' ');
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + count + ", " + width + "), }";
        ByteBuffer start = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        start.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        start.put((byte) 1).put((byte) 0).putShort((short) (HEADER - 10));
        start.put(text.getBytes(StandardCharsets.US_ASCII));
        header[HEADER - 1] = '\n';
        return header;
    }

    @Override
    public void close() {
        file.discard(out);
        namesFile.discard(names);
    }
}
