package org.data2vec4j.audio.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Rng;

/** Models trained on random sentences. */
public final class TinyModels {
    private TinyModels() {}

    /** Sentences of up to eight words, of which early ones are more frequent. */
    public static List<List<String>> sentences(long seed, int count, List<String> words) {
        Rng rng = Rng.of(seed);
        List<List<String>> sentences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> sentence = new ArrayList<>();
            for (int n = rng.nextInt(9); n > 0; n--) {
                sentence.add(words.get(rng.nextInt(1 + rng.nextInt(words.size()))));
            }
            sentences.add(sentence);
        }
        return sentences;
    }

    /** A model trained on such sentences, by way of a file. */
    public static NgramModel model(Path folder, long seed, int order, List<String> words) {
        Path file = folder.resolve("model-" + seed + "-" + order + ".arpa");
        NgramTrainer.train(sentences(seed, 60, words), NgramTrainerConfig.ofOrder(order))
                .write(file);
        return ArpaReader.read(file);
    }
}
