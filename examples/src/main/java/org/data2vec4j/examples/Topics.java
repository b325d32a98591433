package org.data2vec4j.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.Classifier;

/** The most likely class of each sentence, by a classifier that {@code d2v finetune} made. */
public final class Topics {
    private Topics() {}

    /** {@code Topics RUN SENTENCE …}. */
    public static void main(String[] args) {
        run(Path.of(args[0]), List.of(args).subList(1, args.length), System.out);
    }

    static void run(Path run, List<String> sentences, PrintStream out) {
        try (Classifier classifier = Classifier.open(run)) {
            for (String sentence : sentences) {
                float[] probabilities = classifier.classify(sentence);
                int best = 0;
                for (int c = 1; c < probabilities.length; c++) {
                    best = probabilities[c] > probabilities[best] ? c : best;
                }
                out.println(String.format(
                        Locale.ROOT, "%s (%.2f): %s", classifier.classes().get(best), probabilities[best], sentence));
            }
        }
    }
}
