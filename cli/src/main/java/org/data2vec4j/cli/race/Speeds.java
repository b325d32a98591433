package org.data2vec4j.cli.race;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.data2vec4j.cli.trial.KeptLines;
import org.data2vec4j.cli.trial.Pilot;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How fast each entrant is here: the middle of three timings that take turns, so that a noisy minute is nobody's alone. Kept, since
 * they make seconds a number of updates.
 */
final class Speeds {
    private static final int ROUNDS = 3;

    private Speeds() {}

    /** Of all entrants; null if asked to stop. */
    static @Nullable Map<Entrant, Pilot> of(
            List<Entrant> entrants, KeptLines kept, BooleanSupplier stop, Consumer<String> messages) {
        Map<Entrant, List<Pilot>> timed = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Entrant entrant : entrants) {
                if (stop.getAsBoolean()) {
                    return null;
                }
                if (kept.get(entrant.pilotKey()) == null) {
                    messages.accept("timing " + entrant.name() + ", " + (round + 1) + " of " + ROUNDS);
                    timed.computeIfAbsent(entrant, e -> new ArrayList<>()).add(Pilot.of(entrant.pilot()));
                }
            }
        }
        timed.forEach((entrant, pilots) -> kept.put(entrant.pilotKey(), line(entrant, middle(pilots))));
        Map<Entrant, Pilot> speeds = new LinkedHashMap<>();
        for (Entrant entrant : entrants) {
            ObjectNode line = kept.get(entrant.pilotKey());
            if (line != null) {
                speeds.put(entrant, pilot(line));
            }
        }
        return speeds;
    }

    private static Pilot middle(List<Pilot> pilots) {
        List<Pilot> sorted = new ArrayList<>(pilots);
        sorted.sort((a, b) -> Double.compare(a.seconds(), b.seconds()));
        return sorted.get(sorted.size() / 2);
    }

    private static ObjectNode line(Entrant entrant, Pilot pilot) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        pilot.encoders().forEach(line.withArrayProperty("encoders")::add);
        return line.put("competitor", entrant.name())
                .put("seconds_per_update", pilot.seconds())
                .put("samples_per_update", pilot.samples())
                .put("flops_per_update", pilot.flops())
                .put("parameters", pilot.parameters());
    }

    private static Pilot pilot(ObjectNode line) {
        List<String> encoders = new ArrayList<>();
        line.path("encoders").forEach(name -> encoders.add(name.asString()));
        return new Pilot(
                line.path("seconds_per_update").asDouble(),
                line.path("samples_per_update").asDouble(),
                line.path("flops_per_update").asDouble(),
                line.path("parameters").asLong(),
                encoders);
    }
}
