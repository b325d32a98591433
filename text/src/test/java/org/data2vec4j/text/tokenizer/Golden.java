package org.data2vec4j.text.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Python's tokenizers made of the same text; record.py beside the file says how. */
final class Golden {
    static final JsonNode ROOT = read();

    private Golden() {}

    static Iterator<byte[]> documents() {
        return texts("documents");
    }

    static BpeTokenizer trained() {
        return BpeTrainer.train(documents(), BpeTrainerConfig.ofSize(800));
    }

    static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(node -> strings.add(node.asString()));
        return strings;
    }

    static int[] ids(JsonNode sample) {
        JsonNode array = sample.path("ids");
        int[] ids = new int[array.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = array.get(i).asInt();
        }
        return ids;
    }

    private static Iterator<byte[]> texts(String key) {
        return strings(ROOT.path(key)).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .iterator();
    }

    private static JsonNode read() {
        try (InputStream file = Objects.requireNonNull(Golden.class.getResourceAsStream("/tokenizer/golden.json"))) {
            return JsonMapper.builder().build().readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
