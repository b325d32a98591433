package org.data2vec4j.text.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.LayerMeans;
import org.data2vec4j.evaluation.probe.Neighbours;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.data.SequentialTextLoader;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.train.BatchConverter;

/** Which passages, and which other tokens in their passages, an encoder's features put near each other. Shapes: N, T, D. */
public final class TextNeighbours {
    private static final long PURPOSE = 0x74657874_6E656172L;
    private static final int BATCH = 16;
    /** Neighbours looked at for each one that is shown: most are the same token elsewhere. */
    private static final int SPARE = 64;

    private final Passages passages;
    private final BatchConverter inputs;
    private final DType products;
    private final Device device;

    /**
     * Among these passages.
     *
     * @param inputs how batches become inputs
     * @param products element type of products
     */
    public TextNeighbours(Passages passages, BatchConverter inputs, DType products, Device device) {
        this.passages = passages;
        this.inputs = inputs;
        this.products = products;
        this.device = device;
    }

    /**
     * A passage, or a token in it.
     *
     * @param token its place in the passage, from 0; −1 for the passage as a whole
     * @param similarity cosine similarity to the query, −1 to 1
     */
    public record Place(int passage, int token, double similarity) {}

    /** A place and what lies nearest, nearest first. */
    public record Query(Place place, List<Place> nearest) {}

    /** For some passages, the nearest others by the mean of their tokens' final features. */
    public List<Query> ofPassages(Encoder encoder, int queries, int top) {
        try (Scope scope = Scope.open()) {
            LayerMeans means = new LayerMeans();
            each(encoder, (batch, input) -> means.add(encoder, input, products));
            int count = passages.count();
            List<Features> layers =
                    means.features(new int[count], LongStream.range(0, count).toArray());
            Features last = layers.get(layers.size() - 1);
            int[] asked = IntStream.range(0, Math.min(queries, count))
                    .map(i -> (int) ((long) i * count / Math.min(queries, count)))
                    .toArray();
            List<Query> found = new ArrayList<>();
            for (Neighbours.Query query : Neighbours.find(last, last.select(asked), top + 1)) {
                List<Place> nearest = query.neighbours().stream()
                        .filter(neighbour -> neighbour.id() != query.id())
                        .limit(top)
                        .map(neighbour -> new Place((int) neighbour.id(), -1, neighbour.similarity()))
                        .toList();
                found.add(new Query(new Place((int) query.id(), -1, 1), nearest));
            }
            return found;
        }
    }

    /**
     * For some tokens in their passages, the nearest different tokens in other passages by their final features.
     *
     * @param seed chooses among the tokens
     * @param wanted which tokens are asked for and found
     */
    public List<Query> ofTokens(Encoder encoder, IntPredicate wanted, long seed, int queries, int top) {
        try (Scope scope = Scope.open()) {
            List<int[]> places = new ArrayList<>();
            List<float[]> rows = new ArrayList<>();
            each(encoder, (batch, input) -> {
                float[] features_BTD = Grad.noGrad(() -> Autocast.with(
                        products,
                        () -> encoder.forward(input).positions().to(DType.F32).toFloats()));
                int width = features_BTD.length / batch.tokens().length;
                for (int i = 0; i < batch.tokens().length; i++) {
                    int row = i / batch.width();
                    int place = i % batch.width() - 1;
                    boolean inside = place >= 0 && place < batch.lengths()[row] - 2;
                    if (inside && wanted.test(batch.tokens()[i])) {
                        places.add(new int[] {(int) batch.ids()[row], place, batch.tokens()[i]});
                        rows.add(Arrays.copyOfRange(features_BTD, i * width, (i + 1) * width));
                    }
                }
            });
            return rows.isEmpty() ? List.of() : nearest(places, features(rows, places), seed, queries, top);
        }
    }

    private static Features features(List<float[]> rows, List<int[]> places) {
        int width = rows.get(0).length;
        float[] values = new float[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * width, width);
        }
        return new Features(
                Tensors.of(values, rows.size(), width),
                places.stream().mapToInt(place -> place[2]).toArray(),
                LongStream.range(0, rows.size()).toArray());
    }

    private static List<Query> nearest(List<int[]> places, Features bank, long seed, int queries, int top) {
        Set<Integer> seen = new HashSet<>();
        int[] asked = Arrays.stream(Rng.of(seed, PURPOSE).permutation(places.size()))
                .filter(i -> seen.add(places.get(i)[2]))
                .limit(queries)
                .toArray();
        List<Query> found = new ArrayList<>();
        for (Neighbours.Query query : Neighbours.find(bank, bank.select(asked), top * SPARE)) {
            int[] own = places.get((int) query.id());
            Set<Integer> tokens = new HashSet<>(Set.of(own[2]));
            List<Place> nearest = new ArrayList<>();
            for (Neighbours.Neighbour neighbour : query.neighbours()) {
                int[] place = places.get((int) neighbour.id());
                if (nearest.size() < top && place[0] != own[0] && tokens.add(place[2])) {
                    nearest.add(new Place(place[0], place[1], neighbour.similarity()));
                }
            }
            found.add(new Query(new Place(own[0], own[1], 1), nearest));
        }
        return found;
    }

    private interface Visitor {
        void visit(TextBatch batch, Input input);
    }

    private void each(Encoder encoder, Visitor visitor) {
        boolean training = encoder.training();
        encoder.train(false);
        try {
            for (TextBatch batch : new SequentialTextLoader(passages, BATCH, passages.count())) {
                try (Scope scope = Scope.open()) {
                    visitor.visit(batch, inputs.convert(batch, device));
                }
            }
        } finally {
            encoder.train(training);
        }
    }
}
