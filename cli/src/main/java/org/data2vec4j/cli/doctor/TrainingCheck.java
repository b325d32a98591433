package org.data2vec4j.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageLoader;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.SyntheticImages;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.mask.InverseBlockMask;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2LossConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.PhaseClock;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.TrainStep;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.schedule.ConstantSchedule;

/** Ten updates of a very small data2vec 2.0 on drawn pictures: the loss must be finite and fall, the memory come back. */
final class TrainingCheck {
    private static final int UPDATES = 10;
    private static final int BATCH = 16;
    private static final int SIZE = 16;
    private static final int WIDTH = 32;
    private static final int DEPTH = 2;
    private static final long SEED = 1;
    private static final double RATE = 3e-3;

    private TrainingCheck() {}

    /** Trains; once more if native objects are left, since what is made once for the whole process is no leak. */
    static Finding examine(String device) {
        Outcome outcome = train(device);
        return (outcome.left > 0 ? train(device) : outcome).judge();
    }

    private record Outcome(List<Double> losses, long left, Precision precision, double seconds) {
        Finding judge() {
            return TrainingCheck.judge(losses, left, String.format(Locale.ROOT, "%s, %.1f s", precision, seconds));
        }
    }

    private static Outcome train(String device) {
        long before = Native.livePointers();
        long start = System.nanoTime();
        List<Double> losses = new ArrayList<>();
        Precision precision;
        try (PretrainSession pretraining = new PretrainSession(config(device))) {
            precision = pretraining.precision();
            losses.addAll(train(pretraining.step(PhaseClock.NONE)));
        }
        return new Outcome(losses, Native.livePointers() - before, precision, (System.nanoTime() - start) / 1e9);
    }

    /** The verdict on these losses and on the native objects left behind. */
    static Finding judge(List<Double> losses, long left, String how) {
        double first = losses.get(0);
        double last = losses.get(losses.size() - 1);
        String seen = String.format(
                Locale.ROOT,
                "%d updates of a small data2vec 2.0 (%s): loss %.3f to %.3f",
                losses.size(),
                how.toLowerCase(Locale.ROOT),
                first,
                last);
        if (!losses.stream().allMatch(Double::isFinite)) {
            return Finding.failed(seen + "; not finite: try precision=fp32, and report it");
        }
        if (!(last < first)) {
            return Finding.failed(seen + "; it should fall: try precision=fp32, and report it");
        }
        return left > 0
                ? Finding.failed(seen + "; " + left + " native objects were not freed: report it")
                : Finding.ok(seen + ", memory freed");
    }

    private static List<Double> train(TrainStep step) {
        ImageLoaderConfig loading = new ImageLoaderConfig(
                ImageSize.square(SIZE), BATCH, Augmentation.EVALUATION, Normalization.GENERIC, SEED, 1, 1);
        List<Double> losses = new ArrayList<>();
        try (ImageSource source = new SyntheticImages(BATCH, SIZE, SEED);
                ImageLoader loader = new ImageLoader(source, loading, LoaderPosition.START, warning -> {})) {
            for (int update = 0; update < UPDATES; update++) {
                ImageBatch batch = loader.next();
                losses.add(step.run(List.of(batch), update, false).loss());
            }
        }
        return losses;
    }

    private static PretrainConfig config(String device) {
        return new PretrainConfig(
                SEED,
                Precision.AUTO,
                device,
                "synthetic",
                ".d2v-doctor", // never written, so that nothing is resumed
                ImageModality.of(SIZE, 4),
                new EncoderConfig(1, DEPTH, 1, BlockConfig.of(WIDTH, 2)),
                new Data2Vec2Config(
                        2,
                        InverseBlockMask.defaults(),
                        ConvDecoderConfig.of(WIDTH, 2, 3, 4),
                        TargetsConfig.image(DEPTH),
                        new TeacherConfig(0.999, 0.999, 0),
                        Data2Vec2LossConfig.defaults()),
                new AdamWConfig(RATE, 0.9, 0.95, 1e-8, 0),
                new ConstantSchedule(0),
                new TrainConfig(UPDATES, BATCH, 1, 1, 1, 4, 1, 1), // one thread: so small a model gains nothing by more
                CheckpointConfig.defaults(),
                GuardConfig.defaults(),
                EvaluateConfig.defaults());
    }
}
