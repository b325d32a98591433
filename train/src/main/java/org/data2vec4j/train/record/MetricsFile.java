package org.data2vec4j.train.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.listener.Metric;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code metrics.jsonl} of a run: one JSON object per line, in order of updates.
 *
 * <p>{@code update}, {@code epoch} and {@code elapsed} are in every line; every other key is a metric. JSON has no NaN and no
 * infinity: a value that is not finite is written as {@code null} and read back as NaN. Metrics that earlier versions called otherwise
 * are read under the names of this one.
 */
public final class MetricsFile {
    /** The file's name in a run directory. */
    public static final String NAME = "metrics.jsonl";

    private static final String UPDATE = "update";
    private static final String EPOCH = "epoch";
    private static final String ELAPSED = "elapsed";
    private static final Set<String> RESERVED = Set.of(UPDATE, EPOCH, ELAPSED);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MetricsFile() {}

    /**
     * Everything in the file but a half-written last line, which a killed run may leave.
     *
     * @throws UserException if the file cannot be read, or a line other than the last is broken
     */
    public static MetricHistory read(Path file) {
        return new MetricHistory(
                lines(file).stream().map(line -> row(line.json())).toList());
    }

    /** Whether the file has an evaluation at an update; a run that keeps no such file is not asked for one, so true there. */
    public static boolean hasEvaluation(Path file, long update) {
        return !Files.exists(file)
                || read(file).rows().stream()
                        .filter(row -> row.update() == update)
                        .anyMatch(row -> row.metrics().stream()
                                .noneMatch(metric -> metric.name().equals(JsonLinesListener.RATE)));
    }

    /** One line of the file, its end included. */
    static String line(MetricRow row) {
        ObjectNode json = JSON.createObjectNode();
        json.put(UPDATE, row.update()).put(EPOCH, row.epoch());
        put(json, ELAPSED, row.elapsed());
        for (Metric metric : row.metrics()) {
            if (RESERVED.contains(metric.name())) {
                throw new IllegalArgumentException("a metric may not be named " + metric.name());
            }
            put(json, metric.name(), metric.value());
        }
        return JSON.writeValueAsString(json) + "\n";
    }

    /** Atomically removes lines of updates after {@code lastUpdate}, and a half-written last line; returns what is left. */
    static MetricHistory cut(Path file, long lastUpdate) {
        List<Line> kept = new ArrayList<>();
        for (Line line : lines(file)) {
            if (line.json().path(UPDATE).asLong() <= lastUpdate) {
                kept.add(line);
            }
        }
        StringBuilder text = new StringBuilder();
        kept.forEach(line -> text.append(line.text()).append('\n'));
        replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
        return new MetricHistory(kept.stream().map(line -> row(line.json())).toList());
    }

    private record Line(String text, JsonNode json) {}

    private static List<Line> lines(Path file) {
        String text;
        try { // decoded by hand: half a character at the end must not stop the reader
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + e, e);
        }
        List<String> texts = text.lines().toList();
        List<Line> lines = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            try {
                JsonNode json = JSON.readTree(texts.get(i));
                if (!json.path(UPDATE).isIntegralNumber()) {
                    throw new UserException(
                            file + ":" + (i + 1) + ": expected a JSON object with a whole number \"update\"");
                }
                lines.add(new Line(texts.get(i), json));
            } catch (JacksonException e) {
                if (i < texts.size() - 1) {
                    throw new UserException(file + ":" + (i + 1) + ": not JSON: " + e.getOriginalMessage(), e);
                }
            }
        }
        return lines;
    }

    private static MetricRow row(JsonNode json) {
        List<Metric> metrics = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!RESERVED.contains(entry.getKey())) {
                metrics.add(new Metric(OldMetrics.name(entry.getKey()), number(entry.getValue())));
            }
        }
        return new MetricRow(
                json.path(UPDATE).asLong(), json.path(EPOCH).asInt(0), number(json.path(ELAPSED)), metrics);
    }

    private static double number(JsonNode value) {
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }

    private static void put(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }

    private static void replace(Path file, byte[] content) {
        Path aside = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true); // on disk before the rename: a power cut leaves the old file or the new one
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserException("cannot rewrite " + file + ": " + e, e);
        }
    }
}
