package org.data2vec4j.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.data2vec4j.Index;
import org.data2vec4j.core.UserException;
import org.data2vec4j.embed.SearchResult;
import org.data2vec4j.index.Hit;
import org.data2vec4j.index.IndexedSample;
import org.data2vec4j.index.curate.CollectionMap;
import org.data2vec4j.index.curate.Duplicates;
import org.data2vec4j.index.curate.Neighbourhood;
import org.data2vec4j.index.curate.Outliers;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes that need a model or an index. */
final class Api {
    private static final int MOST_HITS = 1000;
    private static final int NEIGHBOURS = 10;
    private static final int OUTLIERS = 60;
    private static final double NEAR = 0.97;

    private final List<ServedModel> models;
    private final ServerConfig config;
    private final Map<String, Answer> prepared = new HashMap<>(); // maps and lists, which take seconds

    Api(List<ServedModel> models, ServerConfig config) {
        this.models = models;
        this.config = config;
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    /** The model of a name; the first for none and for {@code default}. */
    private ServedModel model(@Nullable String name) {
        if (name == null || name.isEmpty() || name.equals("default")) {
            return models.get(0);
        }
        return models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        404,
                        "there is no model '" + name + "'; allowed: default, "
                                + String.join(
                                        ", ",
                                        models.stream().map(ServedModel::name).toList())));
    }

    Answer models() {
        ObjectNode answer = object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (ServedModel model : models) {
            ObjectNode each = data.addObject()
                    .put("id", model.name())
                    .put("object", "model")
                    .put("created", 0)
                    .put("owned_by", "data2vec4j")
                    .put("modality", model.model().info().modality())
                    .put("width", model.model().width())
                    .put("origin", model.model().origin());
            Index index = model.index();
            each.put("samples", index == null ? 0 : index.size());
        }
        return Answer.json(answer);
    }

    Answer embeddings(Request request) {
        RequestBody body = RequestBody.read(request, config.largestBody());
        ServedModel model = model(body.text("model"));
        if (body.samples().isEmpty()) {
            throw new Refusal(422, "input is missing; give a string, or an object with one of text, image and audio");
        }
        int width = model.model().width();
        if (body.number("dimensions", width, Integer.MAX_VALUE) != width) {
            throw new Refusal(422, "dimensions is not " + width + ", which is the width of this model's vectors");
        }
        String format = body.text("encoding_format");
        if (format != null && !format.equals("float") && !format.equals("base64")) {
            throw new Refusal(422, "encoding_format is '" + format + "'; allowed: float, base64");
        }
        List<float[]> vectors = vectors(model, body.samples());
        ObjectNode answer = object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (int i = 0; i < vectors.size(); i++) {
            ObjectNode each = data.addObject().put("object", "embedding").put("index", i);
            if ("base64".equals(format)) {
                each.put("embedding", base64(vectors.get(i)));
            } else {
                ArrayNode numbers = each.putArray("embedding");
                for (float value : vectors.get(i)) {
                    numbers.add(value);
                }
            }
        }
        answer.put("model", model.name());
        answer.putObject("usage").put("prompt_tokens", vectors.size()).put("total_tokens", vectors.size());
        return Answer.json(answer);
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private List<float[]> vectors(ServedModel model, List<Sample> samples) {
        List<CompletableFuture<float[]>> promised = model.queue().submit(samples);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(config.limitSeconds());
        List<float[]> vectors = new ArrayList<>();
        try {
            for (CompletableFuture<float[]> vector : promised) {
                vectors.add(vector.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS));
            }
            return vectors;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UserException) {
                throw new Refusal(422, String.valueOf(e.getCause().getMessage()), e);
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new Refusal(503, "the vectors were not there within " + config.limitSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "the server stops", e);
        } finally {
            promised.forEach(vector -> vector.cancel(false)); // those that nobody waits for are not computed
        }
    }

    private static Index index(ServedModel model) {
        Index index = model.index();
        if (index == null) {
            throw new Refusal(404, model.name() + " is a run without an index; make one with d2v index and serve that");
        }
        return index;
    }

    Answer search(Request request) {
        RequestBody body = RequestBody.read(request, config.largestBody());
        ServedModel model = model(body.text("model"));
        Index index = index(model);
        int top = body.number("top", 10, MOST_HITS);
        String id = body.text("id");
        List<Hit> hits;
        if (id != null) {
            hits = index.search(sample(index, id), top);
        } else if (body.samples().size() == 1) {
            hits = index.search(vectors(model, body.samples()).get(0), top);
        } else {
            throw new Refusal(422, "a search is for one input, or for the id of a sample of the index");
        }
        return new Answer(
                200,
                "application/json",
                JsonMapper.shared().writeValueAsBytes(SearchResult.of(id == null ? "" : id, hits)));
    }

    /** By number, or by name. */
    private static IndexedSample sample(Index index, String id) {
        IndexedSample named = index.vectors().named(id);
        if (named != null) {
            return named;
        }
        try {
            IndexedSample numbered = index.vectors().numbered(Long.parseLong(id));
            if (numbered != null) {
                return numbered;
            }
        } catch (NumberFormatException e) {
            throw new Refusal(404, "there is no sample '" + id + "'", e);
        }
        throw new Refusal(404, "there is no sample '" + id + "'");
    }

    /** A sample's small picture, or its file. */
    Answer part(@Nullable String name, String id, String part) {
        Index index = index(model(name));
        IndexedSample sample = sample(index, id);
        if (part.equals("picture")) {
            byte[] png = index.vectors().picture(sample);
            if (png.length == 0) {
                throw new Refusal(404, "the sample has no picture");
            }
            return Answer.of("image/png", png);
        }
        Path file = Path.of(index.info().folder()).resolve(sample.name());
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= config.largestBody()) {
                String type = Files.probeContentType(file);
                return Answer.of(type == null ? "application/octet-stream" : type, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new Refusal(404, "the sample's file cannot be read: " + e.getMessage(), e);
        }
        throw new Refusal(404, "the sample's file is not there, or in an archive");
    }

    /** The points of the map. */
    Answer map(@Nullable String name) {
        ServedModel model = model(name);
        return prepared("map " + model.name(), () -> {
            ArrayNode points = JsonMapper.shared().createArrayNode();
            for (CollectionMap.Point point :
                    CollectionMap.of(index(model).vectors()).points()) {
                points.add(described(point.sample()).put("x", (float) point.x()).put("y", (float) point.y()));
            }
            return Answer.json(object().set("points", points));
        });
    }

    /** Near-duplicates and outliers. */
    Answer curation(@Nullable String name) {
        ServedModel model = model(name);
        return prepared("curation " + model.name(), () -> {
            Neighbourhood all = Neighbourhood.of(index(model).vectors(), NEIGHBOURS);
            ObjectNode answer = object();
            ArrayNode groups = answer.putArray("duplicates");
            for (Duplicates.Group group : Duplicates.of(all, NEAR)) {
                ArrayNode members =
                        groups.addObject().put("similarity", group.least()).putArray("samples");
                members.add(described(group.keep()).put("keep", true));
                group.others().forEach(other -> members.add(described(other).put("keep", false)));
            }
            ArrayNode outliers = answer.putArray("outliers");
            Outliers.of(all, OUTLIERS)
                    .forEach(outlier -> outliers.add(described(outlier.sample()).put("distance", outlier.distance())));
            return Answer.json(answer);
        });
    }

    private static ObjectNode described(IndexedSample sample) {
        return object().put("id", sample.id())
                .put("path", sample.name())
                .put("label", sample.label())
                .put("words", sample.words());
    }

    /** What takes seconds is computed once, by the first who asks. */
    private Answer prepared(String key, Supplier<Answer> make) {
        synchronized (prepared) {
            Answer known = prepared.get(key);
            if (known == null) {
                known = make.get();
                prepared.put(key, known);
            }
            return known;
        }
    }
}
