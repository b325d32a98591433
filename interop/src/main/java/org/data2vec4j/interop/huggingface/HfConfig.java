package org.data2vec4j.interop.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Settings of a folder, each checked when it is asked for; what is left out has the default of Hugging Face's own classes.
 *
 * @param root an object
 */
public record HfConfig(JsonNode root) {
    /** Where the settings of a folder's preprocessing stand among those of its model. */
    static final String PREPARING = "preprocessor_config";

    /** Where the number of the mask token stands, as the folder's tokenizer has it. */
    static final String MASK_TOKEN = "tokenizer.mask_token_id";

    private static final long LONGEST = 8L << 20;
    private static final long LONGEST_TOKENIZER = 256L << 20;

    /** Refuses anything but an object. */
    public HfConfig {
        if (!root.isObject()) {
            throw new UserException("config.json is not an object in braces");
        }
    }

    /** Reads a file of settings of up to 8 MiB; throws a {@link UserException} naming it if it is none. */
    public static HfConfig read(Path file) {
        return new HfConfig(read(file, LONGEST));
    }

    /** Reads a file of a tokenizer, which is an object of up to 256 MiB. */
    static JsonNode readTokenizer(Path file) {
        return read(file, LONGEST_TOKENIZER);
    }

    private static JsonNode read(Path file, long longest) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UserException(file + " does not exist; give a folder with config.json and model.safetensors");
            }
            if (Files.size(file) > longest) {
                throw new UserException(
                        file + " has " + Files.size(file) + " bytes; allowed for settings: up to " + longest);
            }
            JsonNode root = JsonMapper.shared().readTree(Files.readString(file));
            if (root == null || !root.isObject()) {
                throw new UserException(file + " is not an object in braces");
            }
            return root;
        } catch (IOException | JacksonException e) {
            throw new UserException(file + " is not readable JSON: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Whether a setting is there and is not null. */
    public boolean has(String key) {
        return root.hasNonNull(key);
    }

    /** A whole number. */
    public int integer(String key, int otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode value = root.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(key, "a whole number");
        }
        return value.asInt();
    }

    /** A number. */
    public double number(String key, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (!root.path(key).isNumber()) {
            throw wrong(key, "a number");
        }
        return root.path(key).asDouble();
    }

    /** True or false. */
    public boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (!root.path(key).isBoolean()) {
            throw wrong(key, "true or false");
        }
        return root.path(key).asBoolean();
    }

    /** A text. */
    public String text(String key, String otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (!root.path(key).isString()) {
            throw wrong(key, "a text in quotes");
        }
        return root.path(key).asString("");
    }

    /** Whole numbers. */
    public List<Integer> integers(String key, List<Integer> otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        List<Integer> values = new ArrayList<>();
        for (JsonNode value : root.path(key)) {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw wrong(key, "a list of whole numbers");
            }
            values.add(value.asInt());
        }
        return values;
    }

    /** Numbers. */
    public List<Double> numbers(String key, List<Double> otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        List<Double> values = new ArrayList<>();
        for (JsonNode value : root.path(key)) {
            if (!value.isNumber()) {
                throw wrong(key, "a list of numbers");
            }
            values.add(value.asDouble());
        }
        return values;
    }

    /** How inputs are prepared; empty if the folder does not say. */
    HfConfig preparing() {
        JsonNode node = root.path(PREPARING);
        return new HfConfig(node.isObject() ? node : JsonMapper.shared().createObjectNode());
    }

    /** Throws unless a setting has the only value that has a counterpart here. */
    public void only(String key, boolean holds, String allowed) {
        if (!holds) {
            throw wrong(key, allowed);
        }
    }

    /** What to throw where a value is not one of those allowed. */
    public UserException wrong(String key, String allowed) {
        String seen = has(key) ? root.path(key).toString() : "left out";
        return new UserException("config.json: " + key + " is "
                + (seen.length() > 80 ? seen.substring(0, 80) + "…" : seen) + "; allowed: " + allowed);
    }
}
