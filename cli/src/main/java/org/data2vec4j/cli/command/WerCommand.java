package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.data2vec4j.Recognizer;
import org.data2vec4j.audio.recognition.Recognition;
import org.data2vec4j.audio.recognition.RecognitionTask;
import org.data2vec4j.audio.recognition.TranscriptFile;
import org.data2vec4j.evaluation.file.AtomicText;
import org.data2vec4j.evaluation.metric.ErrorRate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code d2v wer}: word and character error rates of a fine-tuned run on transcribed recordings. */
@Command(
        name = "wer",
        description = "Word and character error rates of a fine-tuned model on transcribed recordings.",
        footer = {
            "",
            "Examples:",
            "  d2v wer --run runs/recognition --data test-clean,test-other",
            "  d2v wer --run runs/recognition --data test-clean --lm words.arpa --lexicon words.txt --output transcripts"
        })
public final class WerCommand implements Callable<Integer> {
    private static final double WINDOW = 20;
    private static final double OVERLAP = 2;

    @Option(names = "--run", required = true, paramLabel = "DIR", description = "The fine-tuning run.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path run;

    @Option(
            names = "--data",
            required = true,
            split = ",",
            paramLabel = "PATH",
            description = "Transcribed recordings; separate several by commas.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> data;

    @Mixin
    DecodingOptions decoding = new DecodingOptions();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder for references and transcripts, transcripts-NAME.tsv for each data set.")
    @Nullable
    Path output;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Prints one row for each data set. */
    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int width = Math.max(
                4,
                data.stream()
                        .map(RecognitionTask::key)
                        .mapToInt(String::length)
                        .max()
                        .orElse(0));
        try (Recognizer recogniser = Recognizer.open(run, decoding.decoding(), WINDOW, OVERLAP)) {
            out.println(line(width, "data", "WER %", "sub", "del", "ins", "words", "CER %", "utterances"));
            for (String set : data) {
                Recognition.Result result = recogniser.measure(
                        set, warning -> spec.commandLine().getErr().println("d2v: " + warning));
                out.println(row(width, RecognitionTask.key(set), result));
                out.flush();
                if (output != null) {
                    Path file = output.resolve(RecognitionTask.TRANSCRIPTS + RecognitionTask.key(set) + ".tsv");
                    AtomicText.write(file, text -> text.write(TranscriptFile.text(result.utterances())));
                }
            }
        }
        return 0;
    }

    private static String row(int width, String name, Recognition.Result result) {
        ErrorRate words = result.words();
        return line(
                width,
                name,
                percent(words.rate()),
                "" + words.substitutions(),
                "" + words.deletions(),
                "" + words.insertions(),
                "" + words.reference(),
                percent(result.characters().rate()),
                "" + words.utterances());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    private static String line(int width, String name, String... cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + width + "s", name));
        Arrays.stream(cells).forEach(cell -> line.append(String.format(Locale.ROOT, "  %7s", cell)));
        return line.toString();
    }
}
