package org.data2vec4j.interop.huggingface;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What a folder's tokenizer files say of its special tokens. */
record HfTokenizerFiles(Path folder) {
    private static final String MASK = "mask_token";

    /** The number of the mask token; null if the folder has no tokenizer, or its tokenizer no such token. */
    @Nullable
    Integer maskToken() {
        String content = maskContent();
        JsonNode tokenizer = file("tokenizer.json");
        for (JsonNode added : tokenizer.path("added_tokens")) {
            if (added.path("content").asString("").equals(content)) {
                return number(added.path("id"));
            }
        }
        for (var added :
                file("tokenizer_config.json").path("added_tokens_decoder").properties()) {
            if (added.getValue().path("content").asString("").equals(content)
                    && added.getKey().matches("\\d{1,9}")) {
                return Integer.valueOf(added.getKey());
            }
        }
        for (JsonNode table :
                List.of(tokenizer.path("model").path("vocab"), file("added_tokens.json"), file("vocab.json"))) {
            Integer number = number(table.path(content));
            if (number != null) {
                return number;
            }
        }
        return null;
    }

    /** Its spelling: as a text, or as an object with a content; RoBERTa's unless the files say another. */
    private String maskContent() {
        for (String name : List.of("tokenizer_config.json", "special_tokens_map.json")) {
            JsonNode mask = file(name).path(MASK);
            String content = mask.isObject() ? mask.path("content").asString("") : mask.asString("");
            if (!content.isEmpty()) {
                return content;
            }
        }
        return "<mask>";
    }

    private static @Nullable Integer number(JsonNode id) {
        return id.isIntegralNumber() && id.canConvertToInt() ? Integer.valueOf(id.asInt()) : null;
    }

    private JsonNode file(String name) {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file) ? HfConfig.readTokenizer(file) : MissingNode.getInstance();
    }
}
