package org.data2vec4j.audio;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.AudioOptions;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.AudioSources;
import org.data2vec4j.audio.data.BatchSize;
import org.data2vec4j.audio.eval.LabelledRecordings;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.LabelSpec;
import org.data2vec4j.train.data.LabelledSplit;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.data.OrderedSource;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.data.SampleCollection;
import org.jspecify.annotations.Nullable;

/**
 * Recordings, at 16 kHz.
 *
 * @param featureEncoder the encoder's feature extractor
 * @param minSeconds shorter recordings are skipped
 * @param maxSeconds longer recordings are cropped
 * @param minCropSeconds each batch draws its own longest length from here to {@code maxSeconds}, so that places do not always mean
 *     the same; equal: always {@code maxSeconds}
 * @param batchSeconds the longest batch, padding included; {@code train.batch} recordings at most; 0 for no limit of length
 * @param normalize whether each recording is brought to mean 0 and variance 1
 * @param labelPattern what paths say by named groups {@code label}, {@code speaker}, {@code split}; null for sub-folders
 * @param split what the group {@code split} must match; null for all
 * @param normalizeEpsilon added to the variance by which recordings are normalised: fairseq's 1e-5 or Hugging Face's 1e-7, as the
 *     model was trained; it matters for quiet recordings
 */
@Kind("audio")
public record AudioModality(
        AudioConfig featureEncoder,
        double minSeconds,
        double maxSeconds,
        double minCropSeconds,
        double batchSeconds,
        boolean normalize,
        @Nullable String labelPattern,
        @Nullable String split,
        double normalizeEpsilon)
        implements Modality {
    private static final int PREFETCH = 3;
    private static final int RATE = 16_000;
    private static final double UNCROPPED_SECONDS = 36_000;

    /** Checks the ranges. */
    public AudioModality {
        if (featureEncoder.sampleRate() != RATE) {
            throw new SettingException(
                    "feature_encoder.sample_rate",
                    "is " + featureEncoder.sampleRate() + "; recordings are brought to " + RATE + " samples a second");
        }
        Check.inRange("max_seconds", maxSeconds, 0.001, 36_000);
        Check.inRange("min_seconds", minSeconds, 0, maxSeconds);
        Check.inRange("min_crop_seconds", minCropSeconds, minSeconds, maxSeconds);
        Check.notNegative("batch_seconds", batchSeconds);
        Check.inRange("normalize_epsilon", normalizeEpsilon, 0, 1);
        Check.setting(
                batchSeconds == 0 || batchSeconds >= maxSeconds || maxSeconds == UNCROPPED_SECONDS,
                "batch_seconds",
                "is " + batchSeconds + ", less than max_seconds " + maxSeconds + "; allowed: 0 (no limit), or "
                        + maxSeconds + " or more");
    }

    /** Recordings normalised with fairseq's epsilon. */
    public AudioModality(
            AudioConfig featureEncoder,
            double minSeconds,
            double maxSeconds,
            double minCropSeconds,
            double batchSeconds,
            boolean normalize,
            @Nullable String labelPattern,
            @Nullable String split) {
        this(
                featureEncoder,
                minSeconds,
                maxSeconds,
                minCropSeconds,
                batchSeconds,
                normalize,
                labelPattern,
                split,
                AudioLoaderConfig.NORMALIZE_EPSILON);
    }

    /** The published base settings: 2 to 20 s, batches of 62.5 s. */
    public static AudioModality defaults() {
        return of(AudioConfig.defaults(), 2, 20, 62.5);
    }

    /** Normalised recordings between two lengths. */
    public static AudioModality of(
            AudioConfig featureEncoder, double minSeconds, double maxSeconds, double batchSeconds) {
        return new AudioModality(featureEncoder, minSeconds, maxSeconds, maxSeconds, batchSeconds, true, null, null);
    }

    /** The same reading whole recordings, as transcripts and labels need. */
    public AudioModality uncropped() {
        return new AudioModality(
                featureEncoder,
                0,
                UNCROPPED_SECONDS,
                UNCROPPED_SECONDS,
                batchSeconds,
                normalize,
                labelPattern,
                split,
                normalizeEpsilon);
    }

    @Override
    public String samples() {
        return "recordings";
    }

    @Override
    public Supplier<FeatureEncoder> featureEncoder(int width) {
        return () -> new AudioFeatureEncoder(featureEncoder, width);
    }

    @Override
    public AudioDataset open(String data, RunContext run) {
        return new AudioDataset(source(data, run.seed()), loading(run.train(), run.seed()));
    }

    @Override
    public OrderedSource openInOrder(String data, RunContext run) {
        return new AudioInOrder(uncropped().source(data, 0), embedding(run.train()), run.messages());
    }

    @Override
    public SampleCollection collection(String data, RunContext run) {
        return new RecordingCollection(uncropped().source(data, 0));
    }

    @Override
    public Supplier<InputReader> readers(RunContext run) {
        AudioLoaderConfig reading = embedding(run.train());
        return () -> new AudioInputReader(samples(), reading);
    }

    /** How whole recordings are read to be embedded: one by one where padding would change the vectors. */
    private AudioLoaderConfig embedding(TrainConfig train) {
        AudioLoaderConfig reading = uncropped().measuring(train);
        return featureEncoder.compat() == Compat.NONE ? reading : reading.withBatch(new BatchSize.ByCount(1));
    }

    @Override
    public Batch random(Rng rng, long[] ids) {
        int width = (int) Math.round(maxSeconds * featureEncoder.sampleRate());
        int[] lengths = new int[ids.length];
        Arrays.fill(lengths, width);
        float[] values = new float[ids.length * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        return new AudioBatch(
                ids, lengths, width, values, new int[ids.length], new String[ids.length], LoaderPosition.START, 0);
    }

    @Override
    public int sampleRate() {
        return featureEncoder.sampleRate();
    }

    @Override
    public Map<String, Double> batchLimits() {
        return batchSeconds > 0 ? Map.of("audio.batch_seconds", batchSeconds) : Map.of();
    }

    /** Opens recordings as this recipe reads them. */
    public AudioSource source(String data, long seed) {
        return AudioSources.open(
                data, AudioOptions.DEFAULT.withLabels(labelPattern, split).withSyntheticSeed(seed));
    }

    @Override
    public void checkLabels(LabelSpec spec) {
        LabelledRecordings.check(spec);
    }

    @Override
    public LabelledSplit labelled(LabelSpec spec, Consumer<String> warnings) {
        AudioModality whole = uncropped();
        return new LabelledRecordings(whole, whole.measuring(spec.loading())).open(spec, warnings);
    }

    /** How training batches are made. */
    public AudioLoaderConfig loading(TrainConfig train, long seed) {
        return new AudioLoaderConfig(
                Math.max(featureEncoder.receptiveField(), samples(minSeconds)),
                longest(maxSeconds),
                Math.max(featureEncoder.receptiveField(), longest(minCropSeconds)),
                normalize,
                normalizeEpsilon,
                true,
                batchSize(train.batch()),
                seed,
                train.workers(),
                PREFETCH);
    }

    /** How whole recordings are read, in order, to be measured. */
    public AudioLoaderConfig measuring(TrainConfig train) {
        return new AudioLoaderConfig(
                featureEncoder.receptiveField(),
                AudioLoaderConfig.NO_LIMIT,
                AudioLoaderConfig.NO_LIMIT,
                normalize,
                normalizeEpsilon,
                false,
                batchSize(train.batch()),
                0,
                train.workers(),
                PREFETCH);
    }

    private BatchSize batchSize(int clips) {
        return batchSeconds == 0 ? new BatchSize.ByCount(clips) : new BatchSize.BySamples(samples(batchSeconds), clips);
    }

    private static int longest(double seconds) {
        return seconds == UNCROPPED_SECONDS ? AudioLoaderConfig.NO_LIMIT : samples(seconds);
    }

    private static int samples(double seconds) {
        return (int) Math.round(seconds * RATE);
    }

    @Override
    public Input convert(Batch batch, Device device) {
        AudioBatch recordings = (AudioBatch) batch;
        return new Input(
                Tensors.of(recordings.samples(), recordings.size(), recordings.width())
                        .to(device),
                recordings.ids(),
                recordings.lengths());
    }

    @Override
    public Input placeholder(Device device) {
        long width = Math.max(8L * featureEncoder.receptiveField(), samples(minSeconds));
        return new Input(Tensors.zeros(DType.F32, device, 1, width), new long[] {0}, new int[] {(int) width});
    }
}
