package org.data2vec4j.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.train.PhaseClock;

/** How long the phases of each update took. On a GPU, which works behind the processor's back, a phase is only its launching. */
final class PhaseTimes implements PhaseClock {
    private final List<Map<String, Double>> updates = new ArrayList<>();
    private long last;

    /** A phase and its median. */
    record Phase(String name, double medianMs) {}

    @Override
    public void start() {
        updates.add(new LinkedHashMap<>());
        last = System.nanoTime();
    }

    @Override
    public void end(String phase) {
        long now = System.nanoTime();
        updates.get(updates.size() - 1).merge(phase, (now - last) / 1e6, Double::sum);
        last = now;
    }

    /** Forgets the updates so far: they were for warming up. */
    void clear() {
        updates.clear();
    }

    /** The phases in their order. */
    List<Phase> medians() {
        if (updates.isEmpty()) {
            return List.of();
        }
        return updates.get(0).keySet().stream()
                .map(name -> new Phase(
                        name,
                        Quantiles.of(updates.stream()
                                        .mapToDouble(update -> update.getOrDefault(name, 0.0))
                                        .toArray())
                                .at(0.5)))
                .toList();
    }
}
