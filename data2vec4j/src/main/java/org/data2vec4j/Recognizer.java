package org.data2vec4j;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.ctc.Decoding;
import org.data2vec4j.audio.ctc.Hypothesis;
import org.data2vec4j.audio.ctc.LetterVocabulary;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.decode.AudioResampler;
import org.data2vec4j.audio.data.decode.AudioStream;
import org.data2vec4j.audio.recognition.CtcConfig;
import org.data2vec4j.audio.recognition.CtcModel;
import org.data2vec4j.audio.recognition.Recognition;
import org.data2vec4j.audio.recognition.RecognitionTask;
import org.data2vec4j.audio.recognition.WindowedRecognition;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.run.FineTuneRun;
import org.data2vec4j.run.OwnedMemory;
import org.data2vec4j.run.RunDirectory;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.checkpoint.TensorSet;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * A fine-tuned recognizer of speech. May be used by several threads at once. Whoever opens it closes it, in any thread:
 * {@link #close} waits for the calls in flight, and every call after it is an {@link IllegalStateException} that names the run.
 * Whatever a caller can mend is a {@link UserException}. Opening uses all processors, unless the application has chosen
 * a number of threads.
 */
public final class Recognizer implements AutoCloseable {
    private static final double WINDOW_SECONDS = 20;
    private static final double OVERLAP_SECONDS = 2;

    private final OwnedMemory memory;
    private final Function<float[][], Hypothesis> decoder;
    private final WindowedRecognition recognition;
    private final Measuring measuring;
    private final double secondsPerFrame;

    /** A word, and when it is said, in seconds. */
    public record Word(String text, double start, double end) {}

    /** What was understood: the words with single spaces between them, and each with its time. */
    public record Transcript(String text, List<Word> words) {}

    private record Measuring(Recognition recognition, AudioModality modality, FineTuneConfig config) {}

    private Recognizer(
            Path run,
            FineTuneConfig config,
            PretrainConfig pretrain,
            Checkpoints.Saved saved,
            Decoding decoding,
            double window,
            double overlap,
            OwnedMemory memory) {
        AudioModality audio = RecognitionTask.audio(pretrain.modality());
        if (!(config.task() instanceof CtcConfig ctc) || audio == null) {
            throw new UserException(
                    run + " does not recognise speech; give a run made with a recipe such as audio-tiny-ctc");
        }
        LetterVocabulary letters = new LetterVocabulary(lines(run.resolve(RecognitionTask.LETTERS)), CtcModel.BLANK);
        this.decoder = decoding.decoder(letters);
        Device device = Device.parse(config.device());
        Native.threadsUnlessChosen(Runtime.getRuntime().availableProcessors());
        this.memory = memory;
        Encoder encoder =
                new Encoder(audio.featureEncoder(pretrain.model().width()).get(), pretrain.model());
        CtcModel model = new CtcModel(ctc, encoder, letters.size(), config.seed(), device);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        model.weights().parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        TensorSet.load(saved.intact("student"), tensors);
        DType precision = Precision.of(saved.state(), saved.folder()).type();
        this.recognition = new WindowedRecognition(
                model,
                audio.featureEncoder(),
                audio.normalize(),
                audio.normalizeEpsilon(),
                precision,
                device,
                window,
                overlap);
        this.measuring =
                new Measuring(new Recognition(model, audio.uncropped(), precision, device), audio.uncropped(), config);
        this.secondsPerFrame = (double) audio.featureEncoder().samplesPerToken()
                / audio.featureEncoder().sampleRate();
    }

    /**
     * Opens a fine-tuning run's newest checkpoint: the best letter of each frame, long recordings in windows of 20 seconds with 2 of
     * context at each end.
     *
     * @throws UserException if that is no such run, or it does not recognise speech; nothing stays open then
     */
    public static Recognizer open(Path run) {
        return open(run, Decoding.GREEDY, WINDOW_SECONDS, OVERLAP_SECONDS);
    }

    /**
     * Opens a fine-tuning run's newest checkpoint.
     *
     * @param decoding how letters become text, such as with a language model
     * @param window seconds that the model sees at a time; longer recordings are read in windows
     * @param overlap seconds at each end of a window that are context only
     * @throws UserException if that is no such run, or it does not recognise speech; nothing stays open then
     */
    public static Recognizer open(Path run, Decoding decoding, double window, double overlap) {
        FineTuneConfig config = RunDirectory.config(run, RunDirectory.CONFIG, FineTuneConfig.class);
        PretrainConfig pretrain = RunDirectory.config(run, FineTuneRun.PRETRAIN, PretrainConfig.class);
        Checkpoints.Saved saved = new Checkpoints(run, 1).newest();
        if (saved == null) {
            throw new UserException(run + " has no checkpoint yet; go on with d2v finetune");
        }
        return OwnedMemory.build(
                "the model of " + run,
                memory -> new Recognizer(run, config, pretrain, saved, decoding, window, overlap, memory));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * What is said in a recording.
     *
     * @throws UserException naming the file if it cannot be read
     */
    public Transcript transcribe(Path file) {
        return transcribed(file.toString(), () -> AudioStream.open(file));
    }

    /**
     * What is said in the recording whose file has these bytes.
     *
     * @throws UserException if they are no recording
     */
    public Transcript transcribe(byte[] file) {
        return transcribed("the recording", () -> AudioStream.open(file));
    }

    /**
     * What is said in the recording that a stream holds, which stays open.
     *
     * @throws UserException if it is no recording
     */
    public Transcript transcribe(InputStream file) {
        return transcribed("the recording", () -> AudioStream.open(file.readAllBytes()));
    }

    /** What is said in a recording in memory: values from -1 to 1 of one channel, {@code sampleRate} a second. */
    public Transcript transcribe(float[] signal, int sampleRate) {
        Check.inRange("the sample rate", sampleRate, 1_000, 1_000_000);
        float[] resampled = AudioResampler.resample(signal, sampleRate, AudioStream.SAMPLE_RATE);
        return transcript(memory.use(() -> recognition.logProbabilities(resampled)));
    }

    /** Opens a recording. */
    private interface Opened {
        AudioStream open() throws IOException;
    }

    private Transcript transcribed(String name, Opened opened) {
        memory.requireOpen();
        try (AudioStream stream = opened.open()) {
            return transcript(memory.use(() -> {
                try {
                    return recognition.logProbabilities(stream);
                } catch (IOException e) {
                    throw new UserException("cannot read " + name + ": " + e.getMessage(), e);
                }
            }));
        } catch (IOException e) {
            throw new UserException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private Transcript transcript(float[][] logs) {
        if (logs.length == 0) {
            return new Transcript("", List.of());
        }
        Hypothesis best = decoder.apply(logs);
        List<Word> words = new ArrayList<>();
        for (Hypothesis.Word word : best.words()) {
            words.add(new Word(
                    word.text(), word.firstFrame() * secondsPerFrame, (word.lastFrame() + 1) * secondsPerFrame));
        }
        return new Transcript(best.text(), words);
    }

    /**
     * Recognises the transcribed recordings of a data set and compares.
     *
     * @param data a folder, archive or list, as for {@code d2v finetune}
     * @param warnings told of recordings that cannot be used
     */
    public Recognition.Result measure(String data, Consumer<String> warnings) {
        memory.requireOpen();
        FineTuneConfig config = measuring.config();
        try (AudioSource source = measuring.modality().source(data, config.seed())) {
            Recognition.Result result = memory.use(() -> measuring
                    .recognition()
                    .run(
                            source,
                            measuring.modality().measuring(config.train()),
                            logs -> decoder.apply(logs).text(),
                            warnings));
            if (result.utterances().isEmpty()) {
                throw new UserException(
                        "none of the " + source.size() + " recordings of " + data + " has a transcript");
            }
            return result;
        }
    }

    /** Frees the model when the last call in flight has ended; a second call does nothing. */
    @Override
    public void close() {
        memory.close();
    }
}
