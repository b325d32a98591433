package org.data2vec4j.audio.ctc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.Rng;

/** Everything about tiny emissions by listing all V^T paths. */
final class BruteForce {
    private BruteForce() {}

    /** Log-softmax of random numbers, [T][V]. */
    static float[][] emissions(Rng rng, int frames, int symbols) {
        float[][] logits = new float[frames][symbols];
        for (float[] row : logits) {
            for (int v = 0; v < symbols; v++) {
                row[v] = (float) (1.5 * rng.nextGaussian());
            }
        }
        return logSoftmax(logits);
    }

    static float[][] logSoftmax(float[][] logits) {
        float[][] logs = new float[logits.length][];
        for (int t = 0; t < logits.length; t++) {
            double sum = 0;
            for (float value : logits[t]) {
                sum += Math.exp(value);
            }
            logs[t] = new float[logits[t].length];
            for (int v = 0; v < logs[t].length; v++) {
                logs[t][v] = (float) (logits[t][v] - Math.log(sum));
            }
        }
        return logs;
    }

    /** The probability of each labelling, summed over its paths. */
    static Map<List<Integer>, Double> labellings(float[][] logs, int blank) {
        Map<List<Integer>, Double> sums = new HashMap<>();
        paths(logs).forEach((path, p) -> sums.merge(collapse(path, blank), p, Double::sum));
        return sums;
    }

    /** The probability of each labelling's best path. */
    static Map<List<Integer>, Double> bestPaths(float[][] logs, int blank) {
        Map<List<Integer>, Double> best = new HashMap<>();
        paths(logs).forEach((path, p) -> best.merge(collapse(path, blank), p, Math::max));
        return best;
    }

    private static Map<List<Integer>, Double> paths(float[][] logs) {
        Map<List<Integer>, Double> paths = Map.of(List.of(), 1.0);
        for (float[] frame : logs) {
            Map<List<Integer>, Double> longer = new HashMap<>();
            paths.forEach((path, p) -> {
                for (int v = 0; v < frame.length; v++) {
                    List<Integer> next = new ArrayList<>(path);
                    next.add(v);
                    longer.put(next, p * Math.exp(frame[v]));
                }
            });
            paths = longer;
        }
        return paths;
    }

    static List<Integer> collapse(List<Integer> path, int blank) {
        List<Integer> letters = new ArrayList<>();
        int previous = -1;
        for (int symbol : path) {
            if (symbol != previous && symbol != blank) {
                letters.add(symbol);
            }
            previous = symbol;
        }
        return letters;
    }

    static int[] array(List<Integer> letters) {
        return letters.stream().mapToInt(Integer::intValue).toArray();
    }
}
