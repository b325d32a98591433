package org.data2vec4j.lab.race;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.data2vec4j.run.RunDirectory;
import org.data2vec4j.run.RunWatch;
import org.data2vec4j.tensor.Flops;
import org.data2vec4j.train.Evaluator;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.listener.Listeners;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.record.JsonLinesListener;
import org.data2vec4j.version.Version;

/**
 * One turn of a run: it goes on from its newest checkpoint until its time is over or a number of updates is reached, and ends with
 * a checkpoint. Only the time within updates counts: from a batch wanted to the teacher moved.
 */
final class TimeSlice implements TrainListener, BooleanSupplier {
    private final double limit;
    private final long target;
    private final BooleanSupplier stop;
    private double seconds;
    private double elapsed;
    private double samples;
    private long update;
    private boolean stopped;

    /**
     * What it did.
     *
     * @param update updates of the run so far
     * @param elapsed seconds of training of the run so far
     * @param seconds those of this slice
     * @param samples seen in it
     * @param flops of it
     * @param stopped whether it was asked to stop
     */
    record Result(long update, double elapsed, double seconds, double samples, double flops, boolean stopped) {}

    private TimeSlice(double limit, long target, BooleanSupplier stop) {
        this.limit = limit;
        this.target = target;
        this.stop = stop;
    }

    /**
     * Trains.
     *
     * @param limit seconds after which no update begins
     * @param target updates of the run after which none begins
     * @param watch gives the listener of the run
     * @param stop asked after every update
     */
    static Result run(
            SeedRun lane,
            Dataset feed,
            double limit,
            long target,
            RunWatch watch,
            BooleanSupplier stop,
            Consumer<String> messages) {
        TimeSlice slice = new TimeSlice(limit, target, stop);
        try (PretrainSession training = new PretrainSession(lane.config());
                RunDirectory directory = RunDirectory.open(lane.folder());
                Dataset primed = new PrefetchedDataset(feed)) {
            training.checkResume(primed);
            directory.save(lane.config());
            Trainer.End[] end = new Trainer.End[1];
            double flops;
            try (TrainListener listener = slice.listeners(lane, watch)) {
                flops = Flops.of(() ->
                        end[0] = training.run(primed, Version.number(), Evaluator.NONE, listener, slice, messages));
            }
            return new Result(end[0].update(), slice.elapsed, slice.seconds, slice.samples, flops, slice.stopped);
        }
    }

    private TrainListener listeners(SeedRun lane, RunWatch watch) {
        return Listeners.of(List.of(
                this,
                new JsonLinesListener(),
                watch.listener(lane.entrant().name(), lane.config().modality().samples())));
    }

    @Override
    public void onUpdate(UpdateReport report) {
        seconds += report.seconds();
        samples += report.samples();
        elapsed = report.elapsed();
        update = report.update();
    }

    @Override
    public boolean getAsBoolean() {
        stopped = stop.getAsBoolean();
        return stopped || update >= target || seconds >= limit;
    }

    @Override
    public void close() {}
}
