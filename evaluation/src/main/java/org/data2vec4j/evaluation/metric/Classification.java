package org.data2vec4j.evaluation.metric;

/** Scores of predicted classes, numbered from 0, against true ones. */
public final class Classification {
    private Classification() {}

    /** The share of right predictions; NaN without any. */
    public static double accuracy(int[] predictions, int[] labels) {
        checkLengths(predictions.length, labels.length);
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += predictions[i] == labels[i] ? 1 : 0;
        }
        return right / (double) labels.length;
    }

    /**
     * Matthews' correlation coefficient, −1 to 1 (Matthews, 1975; for more than two classes Gorodkin, 2004); 0 if all predictions or
     * all labels are one class, as usual.
     */
    public static double matthews(int[] predictions, int[] labels) {
        long[][] table = table(predictions, labels);
        double total = labels.length;
        double right = 0;
        double agreement = 0; // Σ predicted·true
        double predictedSquares = 0;
        double trueSquares = 0;
        for (int c = 0; c < table.length; c++) {
            double predicted = column(table, c);
            double truth = row(table, c);
            right += table[c][c];
            agreement += predicted * truth;
            predictedSquares += predicted * predicted;
            trueSquares += truth * truth;
        }
        double spread = Math.sqrt(total * total - predictedSquares) * Math.sqrt(total * total - trueSquares);
        return spread == 0 ? 0 : (right * total - agreement) / spread;
    }

    /** F1 of class 1, the harmonic mean of precision and recall; 0 if it is neither predicted nor true anywhere, as usual. */
    public static double binaryF1(int[] predictions, int[] labels) {
        long[][] table = table(predictions, labels);
        return table.length < 2 ? 0 : f1(table, 1);
    }

    /** The mean of all classes' F1, over the classes that are predicted or true somewhere; NaN without any. */
    public static double macroF1(int[] predictions, int[] labels) {
        long[][] table = table(predictions, labels);
        double sum = 0;
        int classes = 0;
        for (int c = 0; c < table.length; c++) {
            if (row(table, c) + column(table, c) > 0) {
                sum += f1(table, c);
                classes++;
            }
        }
        return sum / classes;
    }

    static void checkLengths(int predictions, int labels) {
        if (predictions != labels) {
            throw new IllegalArgumentException(predictions + " predictions for " + labels + " labels");
        }
    }

    private static double f1(long[][] table, int c) {
        long either = row(table, c) + column(table, c);
        return either == 0 ? 0 : 2.0 * table[c][c] / either;
    }

    /** [true][predicted] counts. */
    private static long[][] table(int[] predictions, int[] labels) {
        checkLengths(predictions.length, labels.length);
        int classes = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || predictions[i] < 0) {
                throw new IllegalArgumentException("a class below 0 at sample " + i);
            }
            classes = Math.max(classes, 1 + Math.max(labels[i], predictions[i]));
        }
        long[][] table = new long[classes][classes];
        for (int i = 0; i < labels.length; i++) {
            table[labels[i]][predictions[i]]++;
        }
        return table;
    }

    private static long row(long[][] table, int c) {
        long sum = 0;
        for (long count : table[c]) {
            sum += count;
        }
        return sum;
    }

    private static long column(long[][] table, int c) {
        long sum = 0;
        for (long[] row : table) {
            sum += row[c];
        }
        return sum;
    }
}
