package org.data2vec4j.train.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder {@code checkpoints} of a run: one {@code step-NNNNNN} per checkpoint, holding {@code state.json} and a safetensors
 * file per set of tensors. A checkpoint is written aside, flushed to the disk and renamed: it is there whole or not at all.
 */
public final class Checkpoints {
    private static final String STATE = "state.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, // a missing number would be read as 0
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final Path folder;
    private final int keep;

    /** A checkpoint on disk, its state read. */
    public record Saved(Path folder, CheckpointState state) {
        /** The file of a set of tensors. */
        public Path file(String set) {
            return folder.resolve(set + ".safetensors");
        }

        /**
         * The file of a set of tensors, which is as it was written.
         *
         * @throws UserException if its checksum is another; checkpoints of earlier versions have none
         */
        public Path intact(String set) {
            Path file = file(set);
            if (!FileChecksums.read(folder).fits(file)) {
                throw new UserException(
                        file + " is damaged: its checksum is not the one that it was written with; " + remedy(folder));
            }
            return file;
        }
    }

    /** The checkpoints of a run directory, of which the newest {@code keep} stay. */
    public Checkpoints(Path run, int keep) {
        this.folder = run.resolve("checkpoints");
        this.keep = keep;
    }

    /** The newest checkpoint, or null if there is none; one that cannot be read is an error, not skipped. */
    public @Nullable Saved newest() {
        List<Path> all = all();
        return all.isEmpty() ? null : open(all.get(all.size() - 1));
    }

    /** The updates done at a checkpoint; 0 if there is none. */
    public static long updates(@Nullable Saved saved) {
        return saved == null ? 0 : saved.state().update();
    }

    /** Opens a checkpoint's folder. */
    public static Saved open(Path checkpoint) {
        Path file = checkpoint.resolve(STATE);
        try {
            CheckpointState state = JSON.readValue(Files.readString(file), CheckpointState.class);
            if (state == null) { // the text "null"
                throw damaged(checkpoint, "it holds nothing", null);
            }
            if (state.format() != CheckpointState.FORMAT) {
                throw new UserException(file + " has format " + state.format() + "; this version reads format "
                        + CheckpointState.FORMAT);
            }
            checkPlace(checkpoint, state);
            return new Saved(checkpoint, state);
        } catch (IOException | JacksonException e) {
            throw damaged(
                    checkpoint,
                    e instanceof JacksonException ? "it is not valid JSON of this form" : "it cannot be read",
                    e);
        }
    }

    /** A checkpoint is found by the name of its folder, so that its state has to say the same. */
    private static void checkPlace(Path checkpoint, CheckpointState state) {
        if (isCheckpoint(checkpoint) && update(checkpoint) != state.update()) {
            throw damaged(checkpoint, "it is of update " + state.update() + ", and its folder of another", null);
        }
        if (!FileChecksums.read(checkpoint).fits(checkpoint.resolve(STATE))) {
            throw damaged(checkpoint, "its checksum is not the one that it was written with", null);
        }
    }

    private static boolean isCheckpoint(Path path) {
        return path.getFileName().toString().matches("step-\\d{1,18}");
    }

    private static UserException damaged(Path checkpoint, String reason, @Nullable Exception cause) {
        String message = checkpoint.resolve(STATE) + " is damaged: " + reason + "; " + remedy(checkpoint);
        return cause == null ? new UserException(message) : new UserException(message, cause);
    }

    /**
     * Copies a checkpoint's values into tensors of the same names and shapes, by set: into all of them, or into none if any file
     * is damaged or does not fit.
     */
    public static void load(Saved saved, Map<String, Map<String, Tensor>> sets) {
        check(saved, sets);
        sets.forEach((name, tensors) -> TensorSet.load(saved.file(name), tensors));
    }

    /** Throws as {@link #load} would, but changes nothing. */
    public static void check(Saved saved, Map<String, Map<String, Tensor>> sets) {
        sets.forEach((name, tensors) -> check(saved, name, tensors));
    }

    private static void check(Saved saved, String set, Map<String, Tensor> tensors) {
        try (SafeTensorsFile file = opened(saved, set)) {
            TensorSet.check(saved.file(set), file, tensors);
            String bad = TensorSet.notFinite(file);
            if (bad != null) {
                throw new UserException(saved.file(set) + " has values in " + bad
                        + " that are no finite numbers, so the run cannot go on from it; " + remedy(saved.folder()));
            }
        }
    }

    /** A cut file is named as such, rather than by its checksum. */
    private static SafeTensorsFile opened(Saved saved, String set) {
        try {
            SafeTensorsFile.open(saved.file(set)).close();
        } catch (UserException e) {
            throw new UserException(e.getMessage() + "; " + remedy(saved.folder()), e);
        }
        return SafeTensorsFile.open(saved.intact(set));
    }

    private static String remedy(Path checkpoint) {
        return "delete the folder " + checkpoint + " to go on from the one before";
    }

    /** Writes a checkpoint and deletes those that are too old; returns its folder. */
    public Path write(CheckpointState state, Map<String, Map<String, Tensor>> sets) {
        Path target = folder.resolve(String.format(Locale.ROOT, "step-%06d", state.update()));
        Path aside = folder.resolve("." + target.getFileName() + ".tmp");
        try {
            Files.createDirectories(folder);
            sweep();
            Files.createDirectory(aside);
            sets.forEach((name, tensors) ->
                    SafeTensors.write(aside.resolve(name + ".safetensors"), Map.of("format", "data2vec4j"), tensors));
            Files.writeString(
                    aside.resolve(STATE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state));
            flush(aside.resolve(STATE), StandardOpenOption.WRITE);
            FileChecksums.write(aside);
            delete(target);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            flushFolder();
            List<Path> all = all();
            for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
                delete(old);
            }
            return target;
        } catch (IOException | UserException e) {
            throw new UserException(
                    "cannot write the checkpoint " + target + ": " + (e instanceof IOException ? e : e.getMessage())
                            + "; free some space or choose another run=DIR",
                    e);
        } finally {
            discard(aside);
        }
    }

    /** What is half written is removed at once, since it may be what fills the disk. */
    private static void discard(Path aside) {
        try {
            delete(aside);
        } catch (IOException e) {
            // The next checkpoint removes it; the failure that led here is the one to report.
        }
    }

    /** Deletes what writers that were killed have left. */
    private void sweep() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().matches("\\.step-\\d+\\.tmp")) {
                    delete(file);
                }
            }
        }
    }

    private List<Path> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Checkpoints::isCheckpoint)
                    .sorted(Comparator.comparingLong(Checkpoints::update))
                    .toList();
        } catch (IOException e) {
            throw new UserException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static long update(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("step-".length()));
    }

    private void flushFolder() {
        try {
            flush(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // Folders cannot be opened on every system; the rename itself is atomic all the same.
        }
    }

    private static void flush(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
