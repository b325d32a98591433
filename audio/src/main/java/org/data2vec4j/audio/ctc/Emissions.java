package org.data2vec4j.audio.ctc;

/** The checks every user of emissions makes: T rows of V natural log-probabilities each, none above 0 (by more than rounding). */
final class Emissions {
    private static final float ROUNDING = 1e-3f;

    private Emissions() {}

    /** Throws unless every row holds {@code symbols} log-probabilities. */
    static void check(float[][] logProbabilities, int symbols) {
        for (int t = 0; t < logProbabilities.length; t++) {
            float[] row = logProbabilities[t];
            if (row.length != symbols) {
                throw new IllegalArgumentException(
                        "frame " + t + " has " + row.length + " emissions for a vocabulary of " + symbols + " symbols");
            }
            for (int v = 0; v < symbols; v++) {
                if (!(row[v] <= ROUNDING)) {
                    throw new IllegalArgumentException("frame " + t + ", symbol " + v + ": " + row[v]
                            + " is no log-probability; pass log-softmax outputs");
                }
            }
        }
    }

    /** Throws unless letters are symbols and none is the blank. */
    static void checkLetters(int[] letters, int blank, int symbols) {
        for (int letter : letters) {
            if (letter < 0 || letter >= symbols || letter == blank) {
                throw new IllegalArgumentException("letter " + letter + " of a labelling; allowed: 0 to "
                        + (symbols - 1) + " except the blank " + blank);
            }
        }
    }
}
