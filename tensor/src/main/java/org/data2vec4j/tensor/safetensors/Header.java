package org.data2vec4j.tensor.safetensors;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.data2vec4j.core.UserException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A header that keeps every rule of the format: tensors lie one after another from byte 0, without holes or overlap, each as long
 * as its type and shape say. Messages of errors start at the name of the tensor; the caller puts the file before it.
 */
record Header(SortedMap<String, String> metadata, SortedMap<String, Place> tensors) {
    /** A tensor and where it begins in the data. */
    record Place(TensorSpec spec, long begin) {
        long end() {
            return begin + spec.bytes();
        }
    }

    /** The longest header any reader of the format accepts, in bytes. */
    static final long LONGEST = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads a header's bytes; {@code dataBytes} is what the file holds after them. */
    static Header parse(ByteBuffer bytes, long dataBytes) {
        SortedMap<String, String> metadata = new TreeMap<>();
        SortedMap<String, Place> tensors = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : object(bytes).properties()) {
            if (field.getKey().equals(TensorSpec.METADATA)) {
                metadata(field.getValue(), metadata);
            } else {
                tensors.put(field.getKey(), place(field.getKey(), field.getValue()));
            }
        }
        checkCover(tensors.values(), dataBytes);
        return new Header(metadata, tensors);
    }

    private static JsonNode object(ByteBuffer bytes) {
        if (!bytes.hasRemaining() || bytes.get(bytes.position()) != '{') {
            throw new UserException("the header does not start with '{'; not a safetensors file");
        }
        try {
            return JSON.readTree(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            throw new UserException("the header is not UTF-8 text", e);
        } catch (JacksonException e) {
            String reason = e.getOriginalMessage().lines().findFirst().orElse("syntax error");
            throw new UserException("the header is not valid JSON: " + reason, e);
        }
    }

    private static void metadata(JsonNode node, SortedMap<String, String> metadata) {
        require(node.isObject(), TensorSpec.METADATA + " is not an object");
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            require(
                    field.getValue().isString(),
                    TensorSpec.METADATA + " value of " + quote(field.getKey()) + " is not a string");
            metadata.put(field.getKey(), field.getValue().stringValue());
        }
    }

    private static Place place(String name, JsonNode node) {
        String tensor = "tensor " + quote(name) + ": ";
        require(node.isObject(), tensor + "its entry is not an object");
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String key = field.getKey();
            require(
                    key.equals("dtype") || key.equals("shape") || key.equals("data_offsets"),
                    tensor + "unknown key " + quote(key) + "; allowed: dtype, shape, data_offsets");
        }
        TensorSpec spec;
        try {
            spec = new TensorSpec(name, type(tensor, node.path("dtype")), integers(tensor, "shape", node));
        } catch (IllegalArgumentException e) {
            throw new UserException(tensor + e.getMessage(), e);
        }
        long[] offsets = integers(tensor, "data_offsets", node);
        require(offsets.length == 2, tensor + "data_offsets has " + offsets.length + " numbers; allowed: 2");
        require(
                offsets[0] <= offsets[1] && offsets[1] - offsets[0] == spec.bytes(),
                tensor + "data_offsets span " + (offsets[1] - offsets[0]) + " bytes; its type and shape need "
                        + spec.bytes());
        return new Place(spec, offsets[0]);
    }

    private static StorageType type(String tensor, JsonNode node) {
        require(node.isString(), tensor + "dtype is missing or not a string");
        for (StorageType type : StorageType.values()) {
            if (type.name().equals(node.stringValue())) {
                return type;
            }
        }
        throw new UserException(tensor + "dtype " + quote(node.stringValue()) + " is not supported; allowed: "
                + List.of(StorageType.values()));
    }

    private static long[] integers(String tensor, String key, JsonNode entry) {
        JsonNode node = entry.path(key);
        require(node.isArray(), tensor + key + " is missing or not a list");
        long[] values = new long[node.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = node.path(i);
            require(
                    value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0,
                    tensor + key + " holds " + quote(value.toString()) + "; allowed: whole numbers from 0 to 2^63-1");
            values[i] = value.longValue();
        }
        return values;
    }

    private static void checkCover(Collection<Place> places, long dataBytes) {
        List<Place> inOrder = new ArrayList<>(places);
        inOrder.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
        long end = 0;
        for (Place place : inOrder) {
            require(
                    place.begin() == end,
                    "tensor " + quote(place.spec().name()) + ": begins at byte " + place.begin()
                            + " of the data; expected " + end + " (" + (place.begin() < end ? "overlap" : "hole")
                            + ")");
            end = place.end();
        }
        if (end > dataBytes) {
            String last = inOrder.get(inOrder.size() - 1).spec().name();
            throw new UserException("truncated: the tensors up to " + quote(last) + " need " + end
                    + " bytes of data; found " + dataBytes);
        }
        require(end == dataBytes, (dataBytes - end) + " bytes follow the last tensor; expected none");
    }

    /** The bytes of a header for tensors laid out in this order: JSON, padded by spaces so that the data begin 8-aligned. */
    static byte[] bytes(Map<String, String> metadata, List<TensorSpec> tensors) {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode values = root.putObject(TensorSpec.METADATA);
            new TreeMap<>(metadata).forEach(values::put);
        }
        long begin = 0;
        for (TensorSpec tensor : tensors) {
            ObjectNode entry = root.putObject(tensor.name());
            entry.put("dtype", tensor.type().name());
            ArrayNode shape = entry.putArray("shape");
            for (long side : tensor.shape()) {
                shape.add(side);
            }
            long end = Math.addExact(begin, tensor.bytes());
            entry.putArray("data_offsets").add(begin).add(end);
            begin = end;
        }
        StringBuilder text = new StringBuilder(JSON.writeValueAsString(root));
        int length = text.toString().getBytes(StandardCharsets.UTF_8).length;
        text.append(" ".repeat((8 - length % 8) % 8));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new UserException(message);
        }
    }

    /** Text from the file, in quotes, on one line, and cut if long. */
    private static String quote(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return "'" + (line.length() > 100 ? line.substring(0, 100) + "…" : line) + "'";
    }
}
