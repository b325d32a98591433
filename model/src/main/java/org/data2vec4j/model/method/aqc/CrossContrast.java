package org.data2vec4j.model.method.aqc;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.data2vec4j.model.contrast.Contrast;
import org.data2vec4j.model.contrast.ContrastHead;
import org.data2vec4j.model.contrast.Negatives;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.quantizer.GumbelQuantizer;
import org.data2vec4j.model.quantizer.Quantized;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The contrastive half of data2vec-aqc (sections 2.2 to 2.4). Shapes: N masked positions, C channels of the extractor, D width, K
 * negatives.
 */
final class CrossContrast {
    private final CrossConfig config;
    private final @Nullable GumbelQuantizer quantiser;
    private final ContrastHead head;

    CrossContrast(CrossConfig config, int channels, int width) {
        this.config = config;
        int targetWidth = channels;
        if (config.codes() instanceof CodesConfig.Gumbel gumbel) {
            this.quantiser = new GumbelQuantizer(gumbel.quantiser(), channels);
            targetWidth = gumbel.width();
        } else {
            this.quantiser = null;
        }
        this.head = new ContrastHead(width, targetWidth, config.task().width());
    }

    /** Its modules, by name. */
    Map<String, Module> modules() {
        Map<String, Module> modules = new LinkedHashMap<>();
        if (quantiser != null) {
            modules.put("quantiser", quantiser);
        }
        modules.put("contrast", head);
        return modules;
    }

    /** The masked positions of one form of the recordings: extracted features, and what is to tell their targets apart. */
    record Side(Tensor features_NC, Tensor context_ND, AqcDraws.OfView draws) {}

    /**
     * What came of both tasks.
     *
     * @param scores_NK the student's (N, 1 + K), then the teacher's
     * @param loss the sum of both losses, unweighted
     * @param quantised of the clean recordings; null without a quantiser
     * @param alike asked for the share of negatives in the cluster of the own target, by all processes or by none; NaN without
     *     clusters
     */
    record Result(
            List<Tensor> scores_NK, Tensor loss, @Nullable Quantized quantised, DoubleSupplier alike) {}

    /**
     * Both tasks.
     *
     * @param student clean features, told apart by the student's context
     * @param teacher changed features, told apart by the teacher's targets
     * @param positions of the longest recording
     * @param statistics over the shares of all processes
     */
    Result forward(Side student, Side teacher, int positions, AqcDraws.Clusters clusters, BatchStatistics statistics) {
        Targets clean = targets(student);
        Targets changed = targets(teacher);
        long[][] labels = labels(clean, changed, positions, clusters, statistics);
        Tensor ofStudent_NK = scores(student, clean, labels[0], statistics);
        Tensor ofTeacher_NK = scores(teacher, changed, labels[1], statistics);
        return new Result(
                List.of(ofStudent_NK, ofTeacher_NK),
                Contrast.loss(ofStudent_NK).add(Contrast.loss(ofTeacher_NK)),
                clean.quantised(),
                () -> share(student.draws().negatives(), labels[0], statistics));
    }

    private record Targets(Tensor projected_ND, @Nullable Quantized quantised) {}

    private Targets targets(Side side) {
        if (quantiser == null) {
            return new Targets(head.targets(side.features_NC()), null);
        }
        Quantized quantised = quantiser.forward(side.features_NC(), side.draws().noise());
        return new Targets(head.targets(quantised.vectors_ND()), quantised);
    }

    /** The clusters of clean and of changed targets, which are those of the whole batch; empty where nothing is clustered. */
    private long[][] labels(
            Targets clean, Targets changed, int positions, AqcDraws.Clusters clusters, BatchStatistics statistics) {
        if (!(config.clusters() instanceof ClustersConfig.KMeans kMeans)) {
            return new long[2][0];
        }
        BatchStatistics.Rows first =
                statistics.rows(F.normalize(clean.projected_ND().detach()));
        BatchStatistics.Rows second =
                statistics.rows(F.normalize(changed.projected_ND().detach()));
        long longest = statistics.max(first.count() == 0 ? 0 : positions);
        long[] labels = clusters.of(Tensors.cat(List.of(first.all(), second.all()), 0), kMeans.count((int) longest));
        if (first.count() == 0) {
            return new long[2][(int) clean.projected_ND().size(0)]; // of a stand-in, which counts for nothing
        }
        return new long[][] {
            own(labels, first), own(Arrays.copyOfRange(labels, labels.length / 2, labels.length), second)
        };
    }

    private static long[] own(long[] labels, BatchStatistics.Rows rows) {
        return Arrays.copyOfRange(labels, rows.first(), rows.first() + rows.count());
    }

    private Tensor scores(Side side, Targets targets, long[] labels, BatchStatistics statistics) {
        Negatives negatives = side.draws().negatives();
        Tensor scores_NK = Contrast.scores(
                head.context(side.context_ND()),
                targets.projected_ND(),
                negatives,
                config.task().temperature());
        boolean[] equal = equal(negatives, targets.quantised());
        if (config.clusters() instanceof ClustersConfig.KMeans kMeans) {
            scores_NK = kMeans.apply(scores_NK, negatives.alike(labels, 1), equal, statistics);
        }
        return Contrast.without(scores_NK, equal);
    }

    /** The negatives that are the own target: the same codes, or, without codes, the position itself. */
    private static boolean[] equal(Negatives negatives, @Nullable Quantized quantised) {
        if (quantised != null) {
            int groups = (int) quantised.chosen_NG().size(1);
            return negatives.alike(quantised.chosen_NG().toLongs(), groups);
        }
        long[] places = new long[negatives.positions()];
        Arrays.setAll(places, n -> n);
        return negatives.alike(places, 1);
    }

    private static double share(Negatives negatives, long[] labels, BatchStatistics statistics) {
        if (labels.length == 0) {
            return Double.NaN;
        }
        int alike = 0;
        boolean[] flags = negatives.alike(labels, 1);
        for (boolean flag : flags) {
            alike += flag ? 1 : 0;
        }
        double[] sums = statistics.sums(alike, flags.length);
        return sums[0] / sums[1];
    }
}
