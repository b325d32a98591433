package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.checkpoint.CheckpointState;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * A run directory with its newest checkpoint, of which nothing is in memory.
 *
 * @param path the run directory
 * @param config the run's configuration
 * @param saved the newest checkpoint
 * @param device where its model is to be
 */
public record OpenedRun(Path path, PretrainConfig config, Checkpoints.Saved saved, Device device) {
    /**
     * Opens a run directory.
     *
     * @param device {@code cpu}, {@code cuda}, {@code cuda:1}, …; empty for the one that the recipe says
     * @throws UserException if it is no run directory, or has no checkpoint
     */
    public static OpenedRun open(Path run, String device) {
        PretrainConfig config = RunDirectory.config(run);
        Checkpoints.Saved saved = new Checkpoints(run, 1).newest();
        if (saved == null) {
            throw new UserException(
                    run + " has no checkpoint yet; go on with: d2v pretrain recipe=" + run + "/config.yaml");
        }
        return new OpenedRun(run, config, saved, Device.parse(device.isEmpty() ? config.device() : device));
    }

    /** What the checkpoint says of the run. */
    public CheckpointState state() {
        return saved.state();
    }

    /** The precision that the run was trained with. */
    public Precision precision() {
        return Precision.of(state(), path);
    }

    /** What the modality may know of the run, which says nothing. */
    public RunContext context() {
        return context(message -> {});
    }

    /**
     * What the modality may know of the run, where its directory is now.
     *
     * @param messages told what takes time, and what is left out
     */
    public RunContext context(Consumer<String> messages) {
        return new RunContext(path, config.train(), config.seed(), messages);
    }
}
