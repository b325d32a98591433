package org.data2vec4j.index;

import java.nio.file.Path;

/** A process that adds samples, some of them in place of others, and says after each commit how far it is, until it is killed. */
final class AddingProcess {
    private static final int LAST = 1_000_000;

    private AddingProcess() {}

    public static void main(String[] arguments) {
        try (VectorIndex index = VectorIndex.change(Path.of(arguments[0]), TestVectors.info(Comparison.CENTERED))) {
            int next = index.size();
            System.out.println("begins at " + next);
            for (int number = next; number < LAST; number++) {
                index.add(TestVectors.sample(number));
                if (number % 10 == 3) {
                    index.add(TestVectors.sample(number / 2)); // again, as after a change
                }
                if (number % 17 == 0) {
                    index.commit();
                    System.out.println("committed " + number);
                }
            }
        }
    }
}
