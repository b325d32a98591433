package org.data2vec4j.data.tar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** A temporary folder that exists from its first file until it is closed, or the program ends. */
public final class ScratchFolder implements AutoCloseable {
    private final List<Path> files = new ArrayList<>();
    private @Nullable Path folder;

    /** A path for a new file. */
    public Path newFile(String suffix) {
        try {
            if (folder == null) {
                folder = Files.createTempDirectory("data2vec4j-shards-");
                folder.toFile().deleteOnExit(); // in reverse order of registration: after its files
            }
            Path file = folder.resolve(files.size() + suffix);
            file.toFile().deleteOnExit();
            files.add(file);
            return file;
        } catch (IOException e) {
            throw new UserException(
                    "no temporary folder can be made in " + System.getProperty("java.io.tmpdir") + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UserException("the temporary folder " + folder + " cannot be deleted: " + e, e);
        }
    }
}
