package org.data2vec4j.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.train.checkpoint.Checkpoints;

/**
 * By what a model's vectors are known: which weights, at which update, and parts of the checkpoint's files of weights. It does not
 * depend on where the run directory is.
 */
final class ModelFingerprint {
    private static final int PARTS = 16;
    private static final int PART = 1 << 14;

    private ModelFingerprint() {}

    static String of(Data2Vec model) {
        Fingerprint print = new Fingerprint()
                .add(model.info().modality())
                .add(model.info().weights())
                .add(model.info().update())
                .add(model.run().precision().toString())
                .add(model.width());
        Checkpoints.Saved saved = new Checkpoints(model.run().path(), 1).newest();
        if (saved == null) {
            throw new UserException(model.run().path() + " has no checkpoint any more");
        }
        try (Stream<Path> all = Files.list(saved.folder())) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
            for (Path file : files) {
                add(print, file);
            }
        } catch (IOException e) {
            throw new UserException("the checkpoint " + saved.folder() + " cannot be read: " + e, e);
        }
        return print.hex();
    }

    private static void add(Fingerprint print, Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            print.add(String.valueOf(file.getFileName())).add(in.size());
            for (int part = 0; part < PARTS; part++) {
                ByteBuffer bytes = ByteBuffer.allocate(PART);
                in.read(bytes, in.size() / PARTS * part);
                print.add(HexFormat.of().formatHex(bytes.array()));
            }
        }
    }
}
