package org.data2vec4j.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.AtomicFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the vectors of an index are: the file {@value #FILE} in its folder.
 *
 * @param format the version of the folder's form
 * @param kind the kind of data, such as {@code image}
 * @param samples what samples are called, in the plural
 * @param width the numbers of a vector
 * @param run the run directory whose model made them
 * @param weights which weights of the run, {@code student} or {@code teacher}
 * @param model a hash of the model: vectors of other models are not comparable
 * @param space how vectors are compared
 * @param folder the working directory that relative names of samples begin at
 */
public record IndexInfo(
        int format,
        String kind,
        String samples,
        int width,
        String run,
        String weights,
        String model,
        Comparison space,
        String folder) {
    /** The version that is written. */
    public static final int FORMAT = 1;

    static final String FILE = "index.json";

    private static final int WIDEST = 1 << 16;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Refuses widths of 0 and beyond what a model has. */
    public IndexInfo {
        Check.inRange("width", width, 1, WIDEST);
    }

    /**
     * Reads that of an index.
     *
     * @throws UserException if the folder is no index, or of a newer form
     */
    public static IndexInfo read(Path index) {
        Path file = index.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new UserException(index + " is not an index: it has no " + FILE
                    + "; make one with: d2v index run=RUN data=PATH output=" + index);
        }
        IndexInfo info;
        try {
            info = JSON.readValue(Files.readAllBytes(file), IndexInfo.class);
        } catch (IOException | JacksonException e) {
            throw new UserException(file + " cannot be read: " + firstLine(e) + "; build the index again", e);
        }
        if (info.format() != FORMAT) {
            throw new UserException(file + " has format " + info.format() + ", and this version reads " + FORMAT
                    + "; build the index again");
        }
        return info;
    }

    void write(Path index) {
        byte[] text = JSON.writeValueAsBytes(this);
        AtomicFile.write(index.resolve(FILE), channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
