package org.data2vec4j.lab.race;

import java.nio.file.Path;
import org.data2vec4j.lab.trial.ResultLog;
import org.data2vec4j.lab.trial.TimingRun;
import org.data2vec4j.train.checkpoint.CheckpointState;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An entrant's run by one seed, and how far it is: its newest checkpoint, and what was counted on the way there. */
final class SeedRun {
    private final MethodEntry entrant;
    private final long seed;
    private final String key;
    private final PretrainConfig config;
    private Progress progress = Progress.START;
    private @Nullable String failure;

    /**
     * How far a run is.
     *
     * @param update updates made
     * @param seconds of training
     * @param samples seen
     * @param flops of matrix products
     */
    record Progress(long update, double seconds, double samples, double flops) {
        static final Progress START = new Progress(0, 0, 0, 0);
    }

    SeedRun(MethodEntry entrant, long seed, String key, PretrainConfig config) {
        this.entrant = entrant;
        this.seed = seed;
        this.key = key;
        this.config = config;
    }

    /** Finds out how far it is; updates that a crash left uncounted are taken to be like the pilot's. */
    void restore(ResultLog kept, TimingRun pilot) {
        ObjectNode line = kept.get(key);
        Checkpoints.Saved saved = new Checkpoints(folder(), 1).newest();
        if (line != null && line.has("failure")) {
            failure = line.path("failure").asString();
        }
        if (saved == null) {
            progress = Progress.START;
            return;
        }
        CheckpointState state = saved.state();
        long uncounted =
                state.update() - (line == null ? 0 : line.path("updates").asLong(0));
        progress = new Progress(
                state.update(),
                state.elapsed(),
                (line == null ? 0 : line.path("samples").asDouble()) + uncounted * pilot.samples(),
                (line == null ? 0 : line.path("flops").asDouble()) + uncounted * pilot.flops());
    }

    /** Adds what a slice did, and keeps it. */
    void advance(TimeSlice.Result slice, ResultLog kept) {
        progress = new Progress(
                slice.update(),
                slice.elapsed(),
                progress.samples() + slice.samples(),
                progress.flops() + slice.flops());
        kept.put(key, line());
    }

    /** It is out of the race. */
    void fail(String why, ResultLog kept) {
        failure = why;
        kept.put(key, line().put("failure", why));
    }

    private ObjectNode line() {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("competitor", entrant.name()).put("seed", seed).put("updates", progress.update());
        return line.put("seconds", progress.seconds())
                .put("samples", progress.samples())
                .put("flops", progress.flops());
    }

    MethodEntry entrant() {
        return entrant;
    }

    long seed() {
        return seed;
    }

    String key() {
        return key;
    }

    /** The key of a point, from 1 on. */
    String key(int point) {
        return key + "-" + point;
    }

    PretrainConfig config() {
        return config;
    }

    Path folder() {
        return Path.of(config.run());
    }

    Progress progress() {
        return progress;
    }

    /** All updates of the run. */
    long updates() {
        return config.train().updates();
    }

    /** Why it was stopped for good, or null. */
    @Nullable
    String failure() {
        return failure;
    }
}
