package org.data2vec4j.lab.race;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.data2vec4j.lab.trial.ResultLog;
import org.data2vec4j.lab.trial.TimingRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How fast each entrant is here: the middle of three timings that take turns, so that a noisy minute is nobody's alone. Kept, since
 * they make seconds a number of updates.
 */
final class ThroughputTimings {
    private static final int ROUNDS = 3;

    private ThroughputTimings() {}

    /** Of all entrants; null if asked to stop. */
    static @Nullable Map<MethodEntry, TimingRun> of(
            List<MethodEntry> entrants, ResultLog kept, BooleanSupplier stop, Consumer<String> messages) {
        Map<MethodEntry, List<TimingRun>> timed = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (MethodEntry entrant : entrants) {
                if (stop.getAsBoolean()) {
                    return null;
                }
                if (kept.get(entrant.pilotKey()) == null) {
                    messages.accept("timing " + entrant.name() + ", " + (round + 1) + " of " + ROUNDS);
                    timed.computeIfAbsent(entrant, e -> new ArrayList<>()).add(TimingRun.of(entrant.pilot()));
                }
            }
        }
        timed.forEach((entrant, pilots) -> kept.put(entrant.pilotKey(), line(entrant, middle(pilots))));
        Map<MethodEntry, TimingRun> speeds = new LinkedHashMap<>();
        for (MethodEntry entrant : entrants) {
            ObjectNode line = kept.get(entrant.pilotKey());
            if (line != null) {
                speeds.put(entrant, pilot(line));
            }
        }
        return speeds;
    }

    private static TimingRun middle(List<TimingRun> pilots) {
        List<TimingRun> sorted = new ArrayList<>(pilots);
        sorted.sort((a, b) -> Double.compare(a.seconds(), b.seconds()));
        return sorted.get(sorted.size() / 2);
    }

    private static ObjectNode line(MethodEntry entrant, TimingRun pilot) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        pilot.encoders().forEach(line.withArrayProperty("encoders")::add);
        return line.put("competitor", entrant.name())
                .put("seconds_per_update", pilot.seconds())
                .put("samples_per_update", pilot.samples())
                .put("flops_per_update", pilot.flops())
                .put("parameters", pilot.parameters());
    }

    private static TimingRun pilot(ObjectNode line) {
        List<String> encoders = new ArrayList<>();
        line.path("encoders").forEach(name -> encoders.add(name.asString()));
        return new TimingRun(
                line.path("seconds_per_update").asDouble(),
                line.path("samples_per_update").asDouble(),
                line.path("flops_per_update").asDouble(),
                line.path("parameters").asLong(),
                encoders);
    }
}
