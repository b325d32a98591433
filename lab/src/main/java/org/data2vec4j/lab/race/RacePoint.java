package org.data2vec4j.lab.race;

import org.data2vec4j.lab.race.SeedRun.Progress;
import org.data2vec4j.lab.trial.RunScores;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A measurement on the way.
 *
 * @param point its number, from 1 on
 * @param progress how far the run was
 * @param scores what it knew
 */
record RacePoint(int point, Progress progress, RunScores scores) {
    /** As a line that is kept; names are for people. */
    ObjectNode line(SeedRun lane) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("competitor", lane.entrant().name()).put("seed", lane.seed()).put("point", point);
        line.put("updates", progress.update()).put("seconds", progress.seconds());
        line.put("samples", progress.samples()).put("flops", progress.flops());
        scores.write(line);
        return line;
    }

    /** From such a line. */
    static RacePoint of(ObjectNode line) {
        return new RacePoint(
                line.path("point").asInt(),
                new Progress(
                        line.path("updates").asLong(),
                        line.path("seconds").asDouble(),
                        line.path("samples").asDouble(),
                        line.path("flops").asDouble()),
                RunScores.read(line));
    }
}
