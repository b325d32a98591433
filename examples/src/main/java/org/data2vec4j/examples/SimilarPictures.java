package org.data2vec4j.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.data2vec4j.Data2Vec;

/** For each picture of a folder the one that looks most like it, by the features of an encoder pre-trained on pictures. */
public final class SimilarPictures {
    private SimilarPictures() {}

    /** {@code SimilarPictures RUN FOLDER}. */
    public static void main(String[] args) throws IOException {
        run(Path.of(args[0]), Path.of(args[1]), System.out);
    }

    static void run(Path run, Path folder, PrintStream out) throws IOException {
        Map<Path, float[]> vectors = new LinkedHashMap<>();
        try (Data2Vec model = Data2Vec.load(run);
                Stream<Path> files = Files.list(folder)) {
            List<Path> pictures = files.sorted().toList();
            pictures.parallelStream() // a model may be used by many threads
                    .map(picture -> Map.entry(picture, model.embed(picture)))
                    .toList()
                    .forEach(entry -> vectors.put(entry.getKey(), entry.getValue()));
        }
        vectors.forEach((picture, vector) -> vectors.entrySet().stream()
                .filter(other -> !other.getKey().equals(picture))
                .max((a, b) -> Double.compare(cosine(vector, a.getValue()), cosine(vector, b.getValue())))
                .ifPresent(near ->
                        out.println(picture.getFileName() + " " + near.getKey().getFileName())));
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squaresA += a[i] * a[i];
            squaresB += b[i] * b[i];
        }
        return product / Math.sqrt(squaresA * squaresB);
    }
}
