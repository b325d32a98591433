package org.data2vec4j.lab.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.lab.trial.Measure;
import org.data2vec4j.lab.trial.ResultLog;
import org.data2vec4j.lab.trial.RunMeasure;
import org.data2vec4j.lab.trial.RunScores;
import org.data2vec4j.lab.trial.TimingRun;
import org.data2vec4j.run.RunWatch;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.guard.CollapseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tries every learning rate on every entrant for the same short time; runs that are kept are not made again. */
final class LearningRateTrials {
    private final RaceConfig race;
    private final LearningRateSweep sweep;
    private final RunMeasure measure;
    private final ResultLog kept;
    private final RunWatch watch;
    private final BooleanSupplier stop;
    private final Consumer<String> messages;

    LearningRateTrials(
            RaceConfig race,
            LearningRateSweep sweep,
            RunMeasure measure,
            ResultLog kept,
            RunWatch watch,
            BooleanSupplier stop,
            Consumer<String> messages) {
        this.race = race;
        this.sweep = sweep;
        this.measure = measure;
        this.kept = kept;
        this.watch = watch;
        this.stop = stop;
        this.messages = messages;
    }

    /** What each entrant made of each; null if asked to stop. */
    @Nullable
    Map<MethodEntry, List<LearningRateTrial>> run(Map<MethodEntry, TimingRun> speeds) {
        Map<MethodEntry, List<LearningRateTrial>> all = new LinkedHashMap<>();
        int number = 0;
        for (double rate : sweep.learningRates()) {
            for (Map.Entry<MethodEntry, TimingRun> speed : speeds.entrySet()) {
                MethodEntry entrant = speed.getKey();
                SeedRun lane = entrant.trial(sweep.updates(speed.getValue().seconds()), rate);
                ObjectNode line = kept.get(lane.key());
                String title = "learning rate " + rate + " of " + entrant.name() + " (" + ++number + " of "
                        + speeds.size() * sweep.learningRates().size() + ")";
                messages.accept(title + (line == null ? "" : ", done before"));
                List<LearningRateTrial> before = all.computeIfAbsent(entrant, e -> new ArrayList<>());
                LearningRateTrial tried =
                        line == null ? attempt(lane, rate, known(before)) : LearningRateTrial.of(line);
                if (tried == null) {
                    return null;
                }
                if (line == null) {
                    kept.put(lane.key(), tried.line(entrant));
                    delete(lane.folder());
                }
                before.add(tried);
            }
        }
        return all;
    }

    /** The rate with the best score; of equal ones the first. */
    static double best(MethodEntry entrant, List<LearningRateTrial> all, Measure measure) {
        LearningRateTrial best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (LearningRateTrial tried : all) {
            RunScores scores = tried.scores();
            double score = scores == null
                    ? Double.NEGATIVE_INFINITY
                    : scores.encoder(measure.weights()).scores().of(measure.score());
            if (score > most) {
                best = tried;
                most = score;
            }
        }
        if (best == null) {
            throw new UserException("'" + entrant.name() + "' was stopped with every learning rate of the sweep, last: "
                    + all.get(all.size() - 1).failure() + "; try other sweep.learning_rates");
        }
        return best.learningRate();
    }

    private static @Nullable RunScores known(List<LearningRateTrial> before) {
        return before.stream()
                .map(LearningRateTrial::scores)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable LearningRateTrial attempt(SeedRun lane, double rate, @Nullable RunScores known) {
        double seconds = 0;
        try (Dataset feed = lane.entrant().open(lane.config(), messages)) {
            TimeSlice.Result slice =
                    TimeSlice.run(lane, feed, Double.POSITIVE_INFINITY, lane.updates(), watch, stop, messages);
            seconds = slice.elapsed();
            if (slice.stopped() && slice.update() < lane.updates()) {
                return null;
            }
        } catch (CollapseException e) {
            messages.accept("stopped: " + e.getMessage());
            return new LearningRateTrial(rate, lane.updates(), seconds, null, e.getMessage());
        }
        return new LearningRateTrial(
                rate,
                lane.updates(),
                seconds,
                measure.measure(lane.folder(), race.measure().settings(), known),
                null);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UserException("cannot delete " + folder + ": " + e, e);
        }
    }
}
