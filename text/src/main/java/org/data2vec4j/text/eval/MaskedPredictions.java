package org.data2vec4j.text.eval;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.Neighbours;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;

/**
 * How well a student predicts its teacher's targets at masked places. Shapes: N masked places, D width.
 *
 * @param places N
 * @param explained the targets' variance that is predicted, 1 − Σ‖target − prediction‖² / Σ‖target − mean target‖²; 0 is what the
 *     mean of all targets would get
 * @param beyondPosition the same about the mean target of each position instead of all: what is predicted of the text itself, above 0
 *     only if a prediction says more than where it is; NaN if no position is masked twice
 * @param cosine the mean cosine of prediction and target, both normalised as by layer norm
 * @param otherCosine the same with the target of another place: what is predicted anywhere
 * @param found the share of places whose own target is, of all N, the nearest to the prediction
 */
public record MaskedPredictions(
        int places, double explained, double beyondPosition, double cosine, double otherCosine, double found) {
    private static final int FEWEST = 2;

    /**
     * Over a batch, each sample masked once, nothing dropped.
     *
     * @param seed of the masks, with {@code update}
     * @param products element type of products
     */
    public static MaskedPredictions of(
            Data2Vec2 method, MaskStrategy law, Input input, long seed, long update, DType products) {
        method.train(false);
        try (Scope scope = Scope.open()) {
            return Grad.noGrad(() -> Autocast.with(products, () -> {
                MaskBatch masks = MaskBatch.draw(
                        law, method.encoder().featureEncoder().layout(input), seed, update, input.ids(), 1);
                MaskIndices view = MaskIndices.of(masks, input.source().device());
                Tensor predicted_ND = method.decoder()
                        .forward(method.encodeVisible(input, view).positions(), view)
                        .to(DType.F32);
                int size = view.grid().size();
                int[] positions = Arrays.stream(view.masked().toLongs())
                        .mapToInt(place -> (int) (place % size))
                        .toArray();
                return of(predicted_ND, view.maskedOf(method.targets(input)), positions);
            }));
        } finally {
            method.train(true);
        }
    }

    /** Of predictions and their targets, (N, D) each, at positions of their texts. */
    static MaskedPredictions of(Tensor predicted_ND, Tensor targets_ND, int[] positions) {
        int places = Math.toIntExact(targets_ND.size(0));
        if (places < FEWEST) {
            throw new UserException("fewer than two places are masked; there is nothing to compare");
        }
        float[] predicted = predicted_ND.toFloats();
        float[] targets = targets_ND.to(DType.F32).toFloats();
        int width = targets.length / places;
        double own = 0;
        double other = 0;
        for (int n = 0; n < places; n++) {
            own += cosine(predicted, n * width, targets, n * width, width);
            other += cosine(predicted, n * width, targets, (n + places / 2) % places * width, width);
        }
        return new MaskedPredictions(
                places,
                explained(predicted, targets, width, new int[places]),
                explained(predicted, targets, width, positions),
                own / places,
                other / places,
                found(predicted_ND, targets_ND, places));
    }

    /** The share of the targets' variance within groups that is predicted; groups of one have no variance and do not count. */
    private static double explained(float[] predicted, float[] targets, int width, int[] group) {
        int groups = Arrays.stream(group).max().orElse(0) + 1;
        int[] count = new int[groups];
        double[] means = new double[groups * width];
        for (int n = 0; n < group.length; n++) {
            count[group[n]]++;
            for (int d = 0; d < width; d++) {
                means[group[n] * width + d] += targets[n * width + d];
            }
        }
        double errors = 0;
        double spread = 0;
        for (int n = 0; n < group.length; n++) {
            int members = count[group[n]];
            for (int d = 0; d < width && members > 1; d++) {
                double target = targets[n * width + d];
                double error = target - predicted[n * width + d];
                double deviation = target - means[group[n] * width + d] / members;
                errors += error * error;
                spread += deviation * deviation * members / (members - 1); // the mean is the members' own
            }
        }
        return spread == 0 ? Double.NaN : 1 - errors / spread;
    }

    /** Of two rows about their own means: the cosine after a layer norm. */
    private static double cosine(float[] a, int atA, float[] b, int atB, int width) {
        double meanA = 0;
        double meanB = 0;
        for (int d = 0; d < width; d++) {
            meanA += a[atA + d] / (double) width;
            meanB += b[atB + d] / (double) width;
        }
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int d = 0; d < width; d++) {
            double x = a[atA + d] - meanA;
            double y = b[atB + d] - meanB;
            product += x * y;
            squaresA += x * x;
            squaresB += y * y;
        }
        double lengths = Math.sqrt(squaresA * squaresB);
        return lengths == 0 ? 0 : product / lengths;
    }

    private static double found(Tensor predicted_ND, Tensor targets_ND, int places) {
        long[] ids = LongStream.range(0, places).toArray();
        int[] unknown = new int[places];
        Features bank = new Features(targets_ND.to(DType.F32).to(Device.CPU), unknown, ids);
        Features queries = new Features(predicted_ND.to(Device.CPU), unknown, ids);
        long right = Neighbours.find(bank, queries, 1).stream()
                .filter(query -> query.neighbours().get(0).id() == query.id())
                .count();
        return right / (double) places;
    }
}
