package org.data2vec4j.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.image.ImageDataset;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageLoader;
import org.data2vec4j.image.data.SyntheticImages;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.InverseBlockMask;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2LossConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.listener.Listeners;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.record.JsonLinesListener;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.schedule.CosineSchedule;
import org.jspecify.annotations.Nullable;

/**
 * A pre-training run that takes a second: 13 synthetic pictures of 16×16 pixels in patches of 4, two blocks of width 16. Set what a
 * test is about, then {@link #config()} or {@link #run}.
 */
public final class TinyRun {
    /** Enough updates to cross an epoch: 13 pictures are not a multiple of the batch. */
    public static final int PICTURES = 13;

    private final Path directory;
    private long updates = 6;
    private int batch = 4;
    private int accumulate = 1;
    private int width = 16;
    private double clip = 4;
    private double noise = 0.01;
    private double cls = 0.01;
    private double dropout = 0.1;
    private int decoderWidth;
    private Evaluator evaluator = Evaluator.NONE;
    private int keep = 100;
    private long checkpointEvery = 2;
    private int diagnoseEvery = 3;
    private long seed = 11;
    private Precision precision = Precision.FP32;
    private ImageModality image = ImageModality.of(16, 4);
    private @Nullable EncoderConfig model;
    private @Nullable MethodConfig method;
    private GuardConfig guard = new GuardConfig(1000, 0, 0, 1);

    public TinyRun(Path directory) {
        this.directory = directory;
    }

    public TinyRun updates(long value) {
        updates = value;
        return this;
    }

    public TinyRun batch(int size, int parts) {
        batch = size;
        accumulate = parts;
        return this;
    }

    public TinyRun width(int value) {
        width = value;
        return this;
    }

    /** Of the decoder, where it is not the encoder's. */
    public TinyRun decoderWidth(int value) {
        decoderWidth = value;
        return this;
    }

    public TinyRun clip(double value) {
        clip = value;
        return this;
    }

    /** No noise in the decoder and no CLS term: nothing but the masks is random, and losses are sums over samples. */
    public TinyRun quiet() {
        noise = 0;
        cls = 0;
        return this;
    }

    public TinyRun withoutDropout() {
        dropout = 0;
        return this;
    }

    /** An evaluation after every update. */
    public TinyRun evaluator(Evaluator value) {
        evaluator = value;
        return this;
    }

    public TinyRun checkpoints(long every, int kept) {
        checkpointEvery = every;
        keep = kept;
        return this;
    }

    public TinyRun diagnoseEvery(int value) {
        diagnoseEvery = value;
        return this;
    }

    public TinyRun seed(long value) {
        seed = value;
        return this;
    }

    public TinyRun precision(Precision value) {
        precision = value;
        return this;
    }

    public TinyRun image(ImageModality value) {
        image = value;
        return this;
    }

    public TinyRun guard(GuardConfig value) {
        guard = value;
        return this;
    }

    /** Another encoder and method. */
    public TinyRun method(EncoderConfig encoder, MethodConfig value) {
        model = encoder;
        method = value;
        return this;
    }

    /** What was set, as a recipe. */
    public PretrainConfig config() {
        EncoderConfig usual = new EncoderConfig(
                0, 2, 1, new BlockConfig(width, 2, 2, NormPlacement.POST, 1e-6, dropout, 0, 0, dropout));
        return new PretrainConfig(
                seed,
                precision,
                "cpu",
                "synthetic",
                directory.toString(),
                image,
                model == null ? usual : model,
                method == null ? data2vec2() : method,
                new AdamWConfig(1e-3, 0.9, 0.95, 1e-8, 0.05),
                new CosineSchedule(2, 0.1),
                new TrainConfig(updates, batch, accumulate, 1, 1, clip, 1, diagnoseEvery),
                new CheckpointConfig(checkpointEvery, keep),
                guard,
                new EvaluateConfig(1, "", "", 10, 10, List.of()));
    }

    private Data2Vec2Config data2vec2() {
        return new Data2Vec2Config(
                2,
                new InverseBlockMask(0.6, 2, 0.1),
                new ConvDecoderConfig(decoderWidth == 0 ? width : decoderWidth, 1, 3, 4, true, 1, 2, noise, 0),
                TargetsConfig.image(2),
                new TeacherConfig(0.9, 0.99, 5),
                new Data2Vec2LossConfig(new RegressionLoss.L2(), null, cls, 0));
    }

    /** Trains, on from the newest checkpoint if there is one, with metrics in the run directory. */
    public Trainer.End run(BooleanSupplier stop, TrainListener... more) {
        List<TrainListener> listeners = new ArrayList<>(List.of(more));
        listeners.add(new JsonLinesListener());
        try (PretrainSession training = new PretrainSession(config());
                TrainListener listener = Listeners.of(listeners)) {
            Files.createDirectories(directory);
            return training.run(feed(), "test", evaluator, listener, stop, warning -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Trains to the end. */
    public Trainer.End run() {
        return run(() -> false);
    }

    /** Trains until so many updates were made in this part of the run, then stops as if asked to. */
    public Trainer.End runFor(int count) {
        int[] made = {0};
        return run(() -> ++made[0] == count);
    }

    /** The first batches of the data, of this run's size. */
    public List<ImageBatch> batches(int count) {
        List<ImageBatch> batches = new ArrayList<>();
        try (ImageLoader loader = feed().loader(LoaderPosition.START, warning -> {})) {
            for (int i = 0; i < count; i++) {
                batches.add(loader.next());
            }
        }
        return batches;
    }

    private ImageDataset feed() {
        return new ImageDataset(pictures(), image.loading(config().train(), seed));
    }

    private SyntheticImages pictures() {
        return new SyntheticImages(PICTURES, image.size().width(), 5);
    }

    /** The folder of a checkpoint. */
    public Path checkpoint(long update) {
        return directory.resolve("checkpoints").resolve(String.format(Locale.ROOT, "step-%06d", update));
    }

    /** Samples {@code from} to {@code to} of a batch. */
    public static ImageBatch part(ImageBatch batch, int from, int to) {
        int each = batch.pixels().length / batch.size();
        return new ImageBatch(
                Arrays.copyOfRange(batch.ids(), from, to),
                Arrays.copyOfRange(batch.labels(), from, to),
                batch.channels(),
                batch.height(),
                batch.width(),
                Arrays.copyOfRange(batch.pixels(), from * each, to * each),
                batch.next(),
                0);
    }
}
