package org.data2vec4j.text.tokenizer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.AtomicFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hugging Face's {@code tokenizer.json}. What is written here is read by Python's {@code tokenizers} with the same ids; what is
 * read here is any byte-level BPE file of the kind that GPT-2 and RoBERTa have. Anything else in a file that would change ids is
 * an error, never passed over.
 */
public final class TokenizerJson {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TokenizerJson() {}

    /** Reads a file; what is wrong with it throws {@link UserException} naming the file and the entry. */
    public static BpeTokenizer read(Path file) {
        JsonNode root = parse(file);
        String origin = file.toString();
        checkKind(root, origin);
        JsonNode model = root.path("model");
        TokenIds ids = new TokenIds(origin);
        entries(model.path("vocab"), ids, origin);
        List<AddedToken> added = new ArrayList<>();
        for (JsonNode token : root.path("added_tokens")) {
            AddedToken parsed = added(token, origin);
            ids.put(parsed.content(), parsed.id());
            added.add(parsed);
        }
        List<String> tokens = ids.list();
        return new BpeTokenizer(new Vocabulary(tokens, merges(model, tokens, origin), added, origin));
    }

    /** Writes a file, atomically. */
    public static void write(BpeTokenizer tokenizer, Path file) {
        byte[] text = text(tokenizer).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, channel -> {
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        });
    }

    /** What {@link #write} writes. */
    public static String text(BpeTokenizer tokenizer) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(tokenizer.vocabulary()));
    }

    static JsonNode parse(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UserException("the tokenizer " + file + " cannot be read: " + e, e);
        } catch (JacksonException e) {
            throw new UserException(
                    file + ": not the JSON of a tokenizer: "
                            + e.getOriginalMessage().replaceAll("\\s*\\R\\s*", " ")
                            + (e.getLocation() == null
                                    ? ""
                                    : " (line " + e.getLocation().getLineNr() + ")"),
                    e);
        }
    }

    static void entries(JsonNode vocab, TokenIds ids, String origin) {
        if (!vocab.isObject() || vocab.isEmpty()) {
            throw new UserException(origin + ": there is no vocabulary; allowed: an object of tokens and ids");
        }
        for (Map.Entry<String, JsonNode> entry : vocab.properties()) {
            if (!entry.getValue().isInt() || entry.getValue().asInt() < 0) {
                throw new UserException(origin + ": the token '" + entry.getKey() + "' has the id " + entry.getValue()
                        + "; allowed: whole numbers from 0");
            }
            ids.put(entry.getKey(), entry.getValue().asInt());
        }
    }

    private static void checkKind(JsonNode root, String origin) {
        JsonNode model = root.path("model");
        expect(model.path("type").asString("BPE").equals("BPE"), origin, "model.type", model.path("type"), "BPE");
        for (String key : List.of("dropout", "continuing_subword_prefix", "end_of_word_suffix")) {
            JsonNode value = model.path(key);
            boolean none = value.isMissingNode()
                    || value.isNull()
                    || value.asString("x").isEmpty();
            expect(none, origin, "model." + key, value, "null");
        }
        for (String key : List.of("byte_fallback", "ignore_merges")) {
            expect(!model.path(key).asBoolean(false), origin, "model." + key, model.path(key), "false");
        }
        JsonNode normalizer = root.path("normalizer");
        expect(normalizer.isMissingNode() || normalizer.isNull(), origin, "normalizer", normalizer, "null");
        JsonNode words = root.path("pre_tokenizer");
        expect(words.path("type").asString("").equals("ByteLevel"), origin, "pre_tokenizer", words, "ByteLevel");
        JsonNode prefix = words.path("add_prefix_space");
        expect(prefix.isBoolean() && !prefix.asBoolean(), origin, "pre_tokenizer.add_prefix_space", prefix, "false");
        JsonNode regex = words.path("use_regex");
        expect(regex.asBoolean(true), origin, "pre_tokenizer.use_regex", regex, "true");
    }

    private static void expect(boolean holds, String origin, String key, JsonNode value, String allowed) {
        if (!holds) {
            String seen = value.isMissingNode() ? "missing" : value.toString();
            throw new UserException(origin + ": " + key + " is "
                    + (seen.length() > 80 ? seen.substring(0, 80) + "…" : seen) + "; allowed: " + allowed
                    + " (byte-level BPE as GPT-2 and RoBERTa have it)");
        }
    }

    private static AddedToken added(JsonNode token, String origin) {
        JsonNode id = token.path("id");
        String content = token.path("content").asString("");
        if (!id.isInt() || id.asInt() < 0 || content.isEmpty()) {
            throw new UserException(origin + ": the added token " + token + " needs an id and a content");
        }
        if (token.path("single_word").asBoolean(false)) {
            throw new UserException(
                    origin + ": the added token '" + content + "' has single_word true; allowed: false");
        }
        return new AddedToken(
                id.asInt(),
                content,
                token.path("special").asBoolean(false),
                token.path("lstrip").asBoolean(false),
                token.path("rstrip").asBoolean(false));
    }

    private static List<Merge> merges(JsonNode model, List<String> tokens, String origin) {
        MergeNames names = new MergeNames(tokens, origin);
        List<Merge> merges = new ArrayList<>();
        for (JsonNode merge : model.path("merges")) {
            String where = "merge " + (merges.size() + 1);
            merges.add(
                    merge.isArray()
                            ? names.merge(
                                    merge.path(0).asString(""), merge.path(1).asString(""), where)
                            : names.parse(merge.asString(""), where));
        }
        return merges;
    }

    private static ObjectNode tree(Vocabulary vocabulary) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (AddedToken token : vocabulary.added()) {
            added.addObject()
                    .put("id", token.id())
                    .put("content", token.content())
                    .put("single_word", false)
                    .put("lstrip", token.stripLeft())
                    .put("rstrip", token.stripRight())
                    .put("normalized", false)
                    .put("special", token.special());
        }
        root.putNull("normalizer");
        byteLevel(root.putObject("pre_tokenizer"), false);
        if (vocabulary.id("<s>") >= 0 && vocabulary.id("</s>") >= 0) {
            ObjectNode post = root.putObject("post_processor").put("type", "RobertaProcessing");
            post.putArray("sep").add("</s>").add(vocabulary.id("</s>"));
            post.putArray("cls").add("<s>").add(vocabulary.id("<s>"));
            post.put("trim_offsets", true).put("add_prefix_space", false);
        } else {
            byteLevel(root.putObject("post_processor"), false);
        }
        byteLevel(root.putObject("decoder"), true);
        ObjectNode model = root.putObject("model").put("type", "BPE").putNull("dropout");
        model.putNull("unk_token").putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocab = model.putObject("vocab");
        List<String> tokens = vocabulary.tokens();
        for (int id = 0; id < tokens.size(); id++) {
            vocab.put(tokens.get(id), id);
        }
        ArrayNode merges = model.putArray("merges");
        vocabulary.merges().forEach(merge -> merges.add(tokens.get(merge.left()) + " " + tokens.get(merge.right())));
        return root;
    }

    private static void byteLevel(ObjectNode node, boolean prefix) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", prefix)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }
}
