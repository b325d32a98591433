package org.data2vec4j.cli.race;

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
import org.data2vec4j.cli.trial.KeptLines;
import org.data2vec4j.cli.trial.Measure;
import org.data2vec4j.cli.trial.Pilot;
import org.data2vec4j.cli.trial.RunMeasure;
import org.data2vec4j.cli.trial.RunScores;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.guard.Collapsed;
import org.data2vec4j.train.modality.Feed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tries every learning rate on every entrant for the same short time; runs that are kept are not made again. */
final class LearningRates {
    private final RaceConfig race;
    private final Sweep sweep;
    private final RunMeasure measure;
    private final KeptLines kept;
    private final BooleanSupplier stop;
    private final Consumer<String> messages;

    LearningRates(
            RaceConfig race,
            Sweep sweep,
            RunMeasure measure,
            KeptLines kept,
            BooleanSupplier stop,
            Consumer<String> messages) {
        this.race = race;
        this.sweep = sweep;
        this.measure = measure;
        this.kept = kept;
        this.stop = stop;
        this.messages = messages;
    }

    /** What each entrant made of each; null if asked to stop. */
    @Nullable
    Map<Entrant, List<Tried>> run(Map<Entrant, Pilot> speeds) {
        Map<Entrant, List<Tried>> all = new LinkedHashMap<>();
        int number = 0;
        for (double rate : sweep.learningRates()) {
            for (Map.Entry<Entrant, Pilot> speed : speeds.entrySet()) {
                Entrant entrant = speed.getKey();
                Lane lane = entrant.trial(sweep.updates(speed.getValue().seconds()), rate);
                ObjectNode line = kept.get(lane.key());
                String title = "learning rate " + rate + " of " + entrant.name() + " (" + ++number + " of "
                        + speeds.size() * sweep.learningRates().size() + ")";
                messages.accept(title + (line == null ? "" : ", done before"));
                List<Tried> before = all.computeIfAbsent(entrant, e -> new ArrayList<>());
                Tried tried = line == null ? attempt(lane, rate, known(before)) : Tried.of(line);
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
    static double best(Entrant entrant, List<Tried> all, Measure measure) {
        Tried best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (Tried tried : all) {
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

    private static @Nullable RunScores known(List<Tried> before) {
        return before.stream()
                .map(Tried::scores)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Tried attempt(Lane lane, double rate, @Nullable RunScores known) {
        double seconds = 0;
        try (Feed feed = lane.entrant().open(lane.config(), messages)) {
            Slice.Result slice = Slice.run(lane, feed, Double.POSITIVE_INFINITY, lane.updates(), stop, messages);
            seconds = slice.elapsed();
            if (slice.stopped() && slice.update() < lane.updates()) {
                return null;
            }
        } catch (Collapsed e) {
            messages.accept("stopped: " + e.getMessage());
            return new Tried(rate, lane.updates(), seconds, null, e.getMessage());
        }
        return new Tried(
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
