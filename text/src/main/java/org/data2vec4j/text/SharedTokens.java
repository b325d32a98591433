package org.data2vec4j.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.data.PreparedData;

/**
 * The tokenizer that a run has trained on its text, and the text as its tokens, for other runs on the same text.
 *
 * @param from the run directory that holds them
 */
record SharedTokens(Path from) implements PreparedData {
    @Override
    public void copyTo(Path run) {
        Path shared = from.resolve(TextModality.TOKENIZER);
        Path own = run.resolve(TextModality.TOKENIZER);
        if (!Files.isRegularFile(shared) || Files.exists(own)) {
            return;
        }
        try {
            Files.createDirectories(run);
            Files.copy(shared, own);
        } catch (IOException e) {
            throw new UserException("cannot write " + own + ": " + e + "; free some space", e);
        }
    }

    @Override
    public List<String> settings() {
        return List.of("text.cache=" + from);
    }
}
