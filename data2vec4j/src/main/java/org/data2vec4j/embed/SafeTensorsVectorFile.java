package org.data2vec4j.embed;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.data2vec4j.tensor.safetensors.SafeTensorsWriter;
import org.data2vec4j.tensor.safetensors.StorageType;
import org.data2vec4j.tensor.safetensors.TensorSpec;

/** A safetensors file of one tensor, {@code vectors} (N, D) in float32, and beside it a file of the N names, one a line. */
final class SafeTensorsVectorFile implements VectorWriter {
    private static final String VECTORS = "vectors";

    private final StagedFile namesFile;
    private final BufferedWriter names;
    private final SafeTensorsWriter out;
    private boolean finished;

    SafeTensorsVectorFile(Path target, int count, int width) {
        String name = String.valueOf(target.getFileName());
        this.namesFile = StagedFile.of(target.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".names.txt"));
        try {
            this.names = Files.newBufferedWriter(namesFile.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.out = new SafeTensorsWriter(
                target, Map.of(), List.of(new TensorSpec(VECTORS, StorageType.F32, count, width)));
    }

    @Override
    public void add(String name, float[] vector) {
        ByteBuffer row = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        row.asFloatBuffer().put(vector);
        out.write(VECTORS, row);
        try {
            names.write(name.replace('\n', ' ').replace('\r', ' ') + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void finish() {
        namesFile.finish(names);
        finished = true;
        out.close();
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        namesFile.discard(names);
        try {
            out.close();
        } catch (IllegalStateException e) {
            // it says that it is incomplete, and has removed what was there; the failure that led here is the one to
            // report
        }
    }
}
