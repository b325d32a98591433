package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.data2vec4j.Recognizer;
import org.data2vec4j.audio.data.SyntheticSpeech;
import org.data2vec4j.audio.data.decode.AudioClip;
import org.data2vec4j.core.UserException;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** From recordings to transcripts, by the command line alone, with a model of a few thousand weights. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class SpeechTest {
    @TempDir
    static Path folder;

    static Path pretrained;
    static Path recogniser;

    @BeforeAll
    static void pretrainsAndFineTunes() {
        pretrained = folder.resolve("speech");
        Outcome outcome = TinySpeech.pretrain(
                pretrained,
                "data=synthetic:24",
                "train.updates=4",
                "train.batch=4",
                "train.log_every=1",
                "train.diagnose_every=2",
                "checkpoint.every_updates=2");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        recogniser = folder.resolve("recogniser");
        Outcome tuned = finetune(recogniser);
        assertThat(tuned.code()).as(tuned.err()).isZero();
    }

    private static Outcome finetune(Path run, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "finetune",
                "recipe=audio-tiny-ctc",
                "from=" + pretrained,
                "run=" + run,
                "data=synthetic:16",
                "test=synthetic:6",
                "precision=fp32",
                "device=cpu",
                "train.updates=4",
                "train.batch=4",
                "train.threads=1",
                "checkpoint.every_updates=2"));
        words.addAll(List.of(more));
        return TinyRuns.d2v(words.toArray(String[]::new));
    }

    @Test
    void theRunKeepsWhatUseNeeds() throws IOException {
        assertThat(Files.readAllLines(recogniser.resolve("letters.txt")))
                .first()
                .isEqualTo("<blank>");
        assertThat(Files.readString(recogniser.resolve("metrics.jsonl"))).contains("eval/wer_synthetic:6", "eval/cer_");
        List<String> transcripts = Files.readAllLines(recogniser.resolve("transcripts-synthetic:6.tsv"));
        assertThat(transcripts).hasSize(7);
        assertThat(transcripts.get(1)).contains(new SyntheticSpeech(6, false, 1).transcript(0));
    }

    @Test
    void theSameCommandGoesOnFromTheCheckpointAndEndsTheSame() throws IOException {
        Path again = folder.resolve("again");
        assertThat(finetune(again, "checkpoint.keep=2").code()).isZero();
        Path last = Path.of("checkpoints", "step-000004");
        try (Stream<Path> files = Files.list(again.resolve(last))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(again.resolve(last));
        Outcome resumed = finetune(again, "checkpoint.keep=2");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("resuming from");
        Path weights = last.resolve("student.safetensors");
        assertThat(Files.mismatch(again.resolve(weights), recogniser.resolve(weights)))
                .isEqualTo(-1);
    }

    @Test
    void scratchIsTheControl() {
        Path scratch = folder.resolve("scratch");
        Outcome outcome = finetune(scratch, "weights=random", "labelled=0.5", "train.updates=1");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("encoder random of", "8 recordings");
    }

    @Test
    void transcribesFilesOfAnyKindAndNamesTheBrokenOnes() throws IOException {
        Path wav = wav("a.wav", new SyntheticSpeech(2, false, 3).read(1));
        Path broken = Files.writeString(folder.resolve("broken.wav"), "RIFF");
        Outcome outcome = TinyRuns.d2v(
                "transcribe", "--run", recogniser.toString(), "--times", wav.toString(), broken.toString());
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("broken.wav").hasLineCount(1);
        Outcome plain = TinyRuns.d2v("transcribe", "--run", recogniser.toString(), wav.toString());
        assertThat(plain.code()).isZero();
        assertThat(plain.out()).startsWith(wav + "\t");
    }

    @Test
    void aRecordingIsTranscribedInWhateverFormItComes() throws IOException {
        AudioClip clip = new SyntheticSpeech(2, false, 3).read(1);
        float[] signal = clip.samples();
        Path wav = wav("memory.wav", clip);
        Recognizer closed;
        try (Recognizer model = Recognizer.open(recogniser)) {
            Recognizer.Transcript expected = model.transcribe(wav);
            assertThat(model.transcribe(Files.readAllBytes(wav))).isEqualTo(expected);
            try (InputStream stream = Files.newInputStream(wav)) {
                assertThat(model.transcribe(stream)).isEqualTo(expected);
            }
            assertThat(model.transcribe(rounded(signal), 16_000)).isEqualTo(expected);
            assertThatThrownBy(() -> model.transcribe(new byte[] {1, 2, 3})).isInstanceOf(UserException.class);
            assertThatThrownBy(() -> model.transcribe(folder.resolve("absent.wav")))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("absent.wav");
            closed = model;
        }
        assertThatThrownBy(() -> closed.transcribe(wav))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model of " + recogniser + " is closed");
        assertThatThrownBy(() -> closed.transcribe(signal, 16_000)).isInstanceOf(IllegalStateException.class);
    }

    /** As a file of 16 bits holds it. */
    private static float[] rounded(float[] signal) {
        float[] values = new float[signal.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(32_767 * Math.max(-1, Math.min(1, signal[i]))) / 32_768f;
        }
        return values;
    }

    @Test
    void errorRatesWithAndWithoutALanguageModelAndALexicon() throws IOException {
        Path text = folder.resolve("text.txt");
        List<String> lines = new ArrayList<>();
        SyntheticSpeech source = new SyntheticSpeech(16, false, 1);
        for (int i = 0; i < source.size(); i++) {
            lines.add(source.transcript(i));
        }
        Files.write(text, lines);
        Path model = folder.resolve("words.arpa");
        Outcome trained = TinyRuns.d2v(
                "lm", text.toString(), "--order", "2", "--output", model.toString(), "--test", text.toString());
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("from 16 sentences", "perplexity on");
        Path lexicon = folder.resolve("words.txt");
        Files.write(
                lexicon,
                lines.stream()
                        .flatMap(line -> List.of(line.split(" ")).stream())
                        .distinct()
                        .sorted()
                        .toList());
        Path output = folder.resolve("decoded");
        Outcome outcome = TinyRuns.d2v(
                "wer",
                "--run",
                recogniser.toString(),
                "--data",
                "synthetic:6,synthetic:3",
                "--lm",
                model.toString(),
                "--lexicon",
                lexicon.toString(),
                "--beam",
                "8",
                "--output",
                output.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("WER %", "synthetic:6", "synthetic:3")
                .hasLineCount(3);
        for (String line : Files.readAllLines(output.resolve("transcripts-synthetic:6.tsv"))
                .subList(1, 7)) {
            assertThat(List.of(line.split("\t", -1)[2].split(" ")))
                    .isSubsetOf(lines.stream()
                            .flatMap(l -> List.of((l + " ").split(" ", -1)).stream())
                            .toList());
        }
        Outcome wrong = TinyRuns.d2v(
                "wer",
                "--run",
                recogniser.toString(),
                "--data",
                "synthetic:2",
                "--lm",
                model.toString(),
                "--beam",
                "0");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("needs a beam of 1 or more").hasLineCount(1);
    }

    @Test
    void theReportShowsTranscripts() throws IOException {
        Outcome outcome = TinyRuns.d2v("report", "run=" + recogniser);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        String page = Files.readString(recogniser.resolve("report.html"));
        assertThat(page).contains("Transcripts of synthetic:6", "understood", "word errors, synthetic:6");
        assertThat(TinyRuns.d2v("report", "run=" + pretrained).code()).isZero();
    }

    @Test
    void featuresOfRecordingsAreMeasuredBesideTheirControls() {
        for (String command : List.of("knn", "probe")) {
            Outcome outcome =
                    TinyRuns.d2v(command, "run=" + pretrained, "data=synthetic-units:30", "test=synthetic-units:12");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.out()).contains("random", "log-mel");
        }
    }

    @Test
    void whatDoesNotFitIsOneLine() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("untranscribed"));
        wav("untranscribed/a.wav", new SyntheticSpeech(1, false, 3).read(0));
        Outcome outcome = finetune(folder.resolve("none"), "data=" + empty);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("none of the 1 recordings of", "has a transcript")
                .hasLineCount(1);
        assertThat(folder.resolve("none")).doesNotExist();
        Outcome images = TinyRuns.d2v("transcribe", "--run", pretrained.toString(), "x.wav");
        assertThat(images.code()).isEqualTo(1);
        assertThat(images.err()).hasLineCount(1);
        Outcome nowhere = finetune(folder.resolve("none"), "from=" + folder.resolve("nowhere"));
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err()).hasLineCount(1);
    }

    private static Path wav(String name, AudioClip clip) throws IOException {
        float[] samples = clip.samples();
        ByteBuffer out = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) 1)
                .putShort((short) 1)
                .putInt(16_000)
                .putInt(32_000)
                .putShort((short) 2)
                .putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
        for (float sample : samples) {
            out.putShort((short) Math.round(32_767 * Math.max(-1, Math.min(1, sample))));
        }
        return Files.write(folder.resolve(name), out.array());
    }
}
