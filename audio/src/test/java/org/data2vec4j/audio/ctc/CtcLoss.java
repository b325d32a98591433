package org.data2vec4j.audio.ctc;

import java.util.Arrays;

/**
 * The loss −log p(labelling | emissions), summed over all alignments by the forward–backward recursion in double precision (Graves
 * et al. 2006, eqs. 6–16). Plain and slow: the oracle for faster ones.
 */
public final class CtcLoss {
    private final double loss;
    private final double[][] occupancy;

    private CtcLoss(double loss, double[][] occupancy) {
        this.loss = loss;
        this.occupancy = occupancy;
    }

    /** Of one utterance: natural logarithms [T][V], T ≥ 1, and its letters. */
    public static CtcLoss of(float[][] logProbabilities, int[] letters, int blank) {
        if (logProbabilities.length == 0) {
            throw new IllegalArgumentException("no frames");
        }
        int symbols = logProbabilities[0].length;
        Emissions.check(logProbabilities, symbols);
        Emissions.checkLetters(letters, blank, symbols);
        ExtendedLabelling states = new ExtendedLabelling(letters, blank);
        double[][] forward = forward(logProbabilities, states);
        double[] end = forward[forward.length - 1];
        double total = end.length == 1 ? end[0] : LogSpace.add(end[end.length - 1], end[end.length - 2]);
        double[][] occupancy = new double[logProbabilities.length][symbols];
        if (total > LogSpace.ZERO) {
            occupy(occupancy, forward, logProbabilities, states, total);
        }
        return new CtcLoss(-total, occupancy);
    }

    /** The negative log-likelihood; +∞ if the labelling does not fit on the frames or has probability zero. */
    public double loss() {
        return loss;
    }

    /**
     * [T][V], the posterior probability that a frame emits a symbol, each row summing to one; its negative is the loss's gradient with
     * respect to the log-probabilities. All zeros where the loss is infinite.
     */
    public double[][] occupancy() {
        return Arrays.stream(occupancy).map(double[]::clone).toArray(double[][]::new);
    }

    /** The loss's gradient with respect to the outputs before log-softmax, [T][V]: probability less occupancy; zeros where the loss is infinite. */
    public double[][] logitGradient(float[][] logProbabilities) {
        double[][] gradient = new double[occupancy.length][];
        for (int t = 0; t < gradient.length; t++) {
            gradient[t] = new double[occupancy[t].length];
            for (int v = 0; v < gradient[t].length && loss < Double.POSITIVE_INFINITY; v++) {
                gradient[t][v] = Math.exp(logProbabilities[t][v]) - occupancy[t][v];
            }
        }
        return gradient;
    }

    private static double[][] forward(float[][] logs, ExtendedLabelling states) {
        double[][] alpha = new double[logs.length][];
        alpha[0] = states.first(logs[0]);
        for (int t = 1; t < logs.length; t++) {
            alpha[t] = new double[states.size()];
            for (int s = 0; s < states.size(); s++) {
                double sum = LogSpace.ZERO;
                for (int back = 0; back <= 2; back++) {
                    if (states.reaches(s, back)) {
                        sum = LogSpace.add(sum, alpha[t - 1][s - back]);
                    }
                }
                alpha[t][s] = sum + logs[t][states.symbol(s)];
            }
        }
        return alpha;
    }

    private static void occupy(
            double[][] occupancy, double[][] alpha, float[][] logs, ExtendedLabelling states, double total) {
        double[] beta = new double[states.size()]; // what comes after frame t
        Arrays.fill(beta, LogSpace.ZERO);
        beta[beta.length - 1] = 0;
        if (beta.length > 1) {
            beta[beta.length - 2] = 0;
        }
        for (int t = logs.length - 1; t >= 0; t--) {
            for (int s = 0; s < beta.length; s++) {
                occupancy[t][states.symbol(s)] += Math.exp(alpha[t][s] + beta[s] - total);
            }
            double[] before = new double[beta.length];
            Arrays.fill(before, LogSpace.ZERO);
            for (int s = 0; s < beta.length; s++) {
                for (int back = 0; back <= 2; back++) {
                    if (states.reaches(s, back)) {
                        before[s - back] = LogSpace.add(before[s - back], beta[s] + logs[t][states.symbol(s)]);
                    }
                }
            }
            beta = before;
        }
    }
}
