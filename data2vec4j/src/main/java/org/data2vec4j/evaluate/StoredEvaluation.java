package org.data2vec4j.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a file of an evaluation says.
 *
 * @param run the run directory, as it was called when it was evaluated
 * @param method the method's title
 * @param modality what it was trained on, such as {@code images}
 * @param update of the checkpoint
 * @param protocol by name
 * @param scores in the file's order
 */
public record StoredEvaluation(
        Path run, String method, String modality, long update, Map<String, String> protocol, List<Stored> scores) {
    /** One score; {@code dependsOn} are names in the protocol. */
    public record Stored(
            String probe,
            double share,
            String subject,
            double median,
            double low,
            double high,
            List<String> dependsOn) {
        /** Copies the list. */
        public Stored {
            dependsOn = List.copyOf(dependsOn);
        }

        boolean same(Stored other) {
            return probe.equals(other.probe) && share == other.share && subject.equals(other.subject);
        }
    }

    /** Copies the list. */
    public StoredEvaluation {
        scores = List.copyOf(scores);
    }

    /** The run's name, for a column. */
    String name() {
        return String.valueOf(run.getFileName());
    }

    /** Reads a run directory's file, or the file itself. */
    public static StoredEvaluation read(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(EvaluationFile.NAME) : path;
        if (!Files.isRegularFile(file)) {
            throw new UserException(path + " has no " + EvaluationFile.NAME + "; make it with: d2v evaluate " + path);
        }
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw new UserException(
                    "cannot read " + file + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + "; make it again with d2v evaluate",
                    e);
        }
        int format = root.path("format").asInt(0);
        if (format != EvaluationFile.FORMAT) {
            throw new UserException(file + " is of format " + format + "; this version reads " + EvaluationFile.FORMAT
                    + "; make it again with d2v evaluate");
        }
        Map<String, String> protocol = new LinkedHashMap<>();
        root.path("protocol")
                .properties()
                .forEach(entry -> protocol.put(entry.getKey(), entry.getValue().asString("")));
        protocol.putIfAbsent("space", "raw"); // the only one before there was a choice
        List<Stored> scores = new ArrayList<>();
        for (JsonNode node : root.path("scores")) {
            List<String> dependsOn = new ArrayList<>();
            node.path("depends_on").forEach(field -> dependsOn.add(field.asString("")));
            scores.add(new Stored(
                    node.path("probe").asString(""),
                    node.path("share").asDouble(Double.NaN),
                    node.path("subject").asString(""),
                    node.path("median").asDouble(Double.NaN),
                    node.path("low").asDouble(Double.NaN),
                    node.path("high").asDouble(Double.NaN),
                    dependsOn));
        }
        Path run = Path.of(root.path("run").asString(path.toString()));
        return new StoredEvaluation(
                run,
                root.path("method").asString(""),
                root.path("modality").asString(""),
                root.path("update").asLong(0),
                protocol,
                scores);
    }
}
