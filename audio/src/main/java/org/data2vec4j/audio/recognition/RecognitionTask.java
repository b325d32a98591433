package org.data2vec4j.audio.recognition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.audio.AudioDataset;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.ctc.GreedyDecoder;
import org.data2vec4j.audio.ctc.LetterVocabulary;
import org.data2vec4j.audio.ctc.TranscriptEncoder;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.SelectedAudio;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.evaluation.finetune.FineTuneTask;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.TargetLabels;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** Speech recognition by letters: the letters are those of the training transcripts. */
public final class RecognitionTask implements FineTuneTask {
    /** The file of the letters, one to a line, the blank first. */
    public static final String LETTERS = "letters.txt";

    /** What files of transcripts begin with; the test set's name and {@code .tsv} follow. */
    public static final String TRANSCRIPTS = "transcripts-";

    private final FineTuneConfig config;
    private final AudioModality modality;
    private final AudioDataset feed;
    private final Map<String, AudioSource> tests = new LinkedHashMap<>();
    private final Map<String, String> results = new LinkedHashMap<>();
    private final LetterVocabulary letters;
    private final CtcModel model;
    private final DType products;
    private final Device device;
    private final Consumer<String> warnings;

    /**
     * Opens data and builds the model, in the scope open now.
     *
     * @param pretrain the pre-training run's recipe: encoder, and how recordings are read
     * @param products element type of products
     * @param warnings told of recordings that are left out
     * @throws UserException if the encoder is not one of recordings, or no recording has a transcript
     */
    public RecognitionTask(
            FineTuneConfig config,
            CtcConfig ctc,
            PretrainConfig pretrain,
            DType products,
            Device device,
            Consumer<String> warnings) {
        this.config = config;
        this.products = products;
        this.device = device;
        this.warnings = warnings;
        AudioModality audio = audio(pretrain.modality());
        if (audio == null) {
            throw new UserException(config.from() + " was pre-trained on "
                    + pretrain.modality().samples() + "; recognition needs an encoder of recordings");
        }
        this.modality = audio.uncropped();
        AudioSource source = modality.source(config.data(), config.seed());
        this.feed = feed(source);
        this.letters = LetterVocabulary.of(transcripts(feed.source()));
        for (String test : config.test().split(",", -1)) {
            if (!test.isBlank()) {
                tests.put(test.trim(), modality.source(test.trim(), config.seed()));
            }
        }
        Encoder encoder =
                new Encoder(modality.featureEncoder(pretrain.model().width()).get(), ctc.encoder(pretrain.model()));
        this.model = new CtcModel(ctc, encoder, letters.size(), config.seed(), device);
    }

    /** The modality if it is of recordings, and null if it is another. */
    public static @Nullable AudioModality audio(Modality modality) {
        return modality instanceof AudioModality audio ? audio : null;
    }

    private AudioDataset feed(AudioSource source) {
        SelectedAudio chosen = SelectedAudio.transcribed(source, config.labelled(), config.subsetSeed());
        if (chosen.size() == 0) {
            source.close();
            throw new UserException("none of the " + source.size() + " recordings of " + config.data()
                    + " has a transcript; give them as LibriSpeech's .trans.txt, a .tsv with .ltr or .wrd beside it,"
                    + " .jsonl, or KEY.txt beside KEY.wav");
        }
        return new AudioDataset(chosen, modality.loading(config.train(), config.seed()));
    }

    private static List<String> transcripts(AudioSource source) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            String transcript = source.transcript(i);
            if (transcript != null) {
                all.add(transcript);
            }
        }
        return all;
    }

    @Override
    public AudioDataset feed() {
        return feed;
    }

    @Override
    public BatchConverter inputs() {
        TranscriptEncoder encoder =
                new TranscriptEncoder(letters, TranscriptEncoder.Unknown.REJECT, TranscriptEncoder.End.LETTER);
        return (batch, on) -> labelled(encoder, batch, on);
    }

    private Input labelled(TranscriptEncoder encoder, Batch batch, Device on) {
        AudioBatch recordings = (AudioBatch) batch;
        int[][] sequences = new int[recordings.size()][];
        for (int i = 0; i < sequences.length; i++) {
            String transcript = recordings.transcripts()[i];
            int[] encoded =
                    transcript == null ? null : encoder.encode("" + recordings.ids()[i], transcript);
            sequences[i] = encoded == null ? new int[0] : encoded;
        }
        return modality.convert(batch, on).labelled(new TargetLabels.Sequences(sequences));
    }

    @Override
    public CtcModel model() {
        return model;
    }

    /** The letters. */
    public LetterVocabulary letters() {
        return letters;
    }

    @Override
    public List<Metric> measure() {
        GreedyDecoder greedy = new GreedyDecoder(letters);
        Recognition recognition = new Recognition(model, modality, products, device);
        List<Metric> metrics = new ArrayList<>();
        tests.forEach((name, source) -> {
            Recognition.Result result = recognition.run(
                    source,
                    modality.measuring(config.train()),
                    logs -> greedy.decode(logs).text(),
                    warnings);
            String key = key(name);
            results.put(TRANSCRIPTS + key + ".tsv", TranscriptFile.text(result.utterances()));
            metrics.add(new Metric("eval/wer_" + key, 100 * result.words().rate()));
            metrics.add(new Metric("eval/cer_" + key, 100 * result.characters().rate()));
        });
        return metrics;
    }

    /** A short name of a data set: what follows the last {@code /} or {@code #}. */
    public static String key(String data) {
        return data.substring(Math.max(data.lastIndexOf('/'), data.lastIndexOf('#')) + 1);
    }

    @Override
    public Map<String, String> results() {
        return Map.copyOf(results);
    }

    @Override
    public Map<String, String> files() {
        return Map.of(LETTERS, String.join("\n", letters.symbols()) + "\n");
    }

    @Override
    public void close() {
        feed.close();
        tests.values().forEach(AudioSource::close);
    }
}
