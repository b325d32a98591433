package org.data2vec4j.examples;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.Pretraining;
import org.data2vec4j.Recipe;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;

/** Pre-training with a listener that ends the run once the loss has not fallen for some time. */
public final class EarlyStopping implements TrainListener {
    private static final int PATIENCE = 20;
    private static final double SMOOTHING = 0.95;

    private double smooth = Double.NaN;
    private double lowest = Double.POSITIVE_INFINITY;
    private int lossesSinceLowest;

    private EarlyStopping() {}

    /** {@code EarlyStopping FOLDER RUN [KEY=VALUE …]}. */
    public static void main(String[] args) {
        run(args[0], args[1], List.of(args).subList(2, args.length), System.out);
    }

    /** Trains and returns how many updates were made. */
    static long run(String data, String run, List<String> settings, PrintStream out) {
        EarlyStopping patience = new EarlyStopping();
        Pretraining.End end = Pretraining.of(Recipe.load("image-tiny", settings)
                        .with("data=" + data, "run=" + run)
                        .bind())
                .listener(patience)
                .stopWhen(patience::exhausted)
                .run();
        out.println(String.format(Locale.ROOT, "%d updates, loss %.4f", end.update(), patience.smooth));
        return end.update();
    }

    /** Only updates that the recipe logs ({@code train.log_every}) have metrics. */
    @Override
    public void onUpdate(UpdateReport report) {
        report.metrics().stream()
                .filter(metric -> metric.name().equals("loss"))
                .findFirst()
                .ifPresent(loss -> observe(loss.value()));
    }

    private void observe(double loss) {
        smooth = Double.isNaN(smooth) ? loss : SMOOTHING * smooth + (1 - SMOOTHING) * loss;
        lossesSinceLowest++;
        if (smooth < lowest) {
            lowest = smooth;
            lossesSinceLowest = 0;
        }
    }

    private boolean exhausted() {
        return lossesSinceLowest > PATIENCE;
    }
}
