package org.data2vec4j.cli.command;

import java.util.concurrent.Callable;
import org.data2vec4j.core.UserException;
import org.data2vec4j.lab.bench.BenchReport;
import org.data2vec4j.lab.bench.ExchangeBench;
import org.data2vec4j.lab.bench.InferenceBench;
import org.data2vec4j.lab.bench.ScalingBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v bench}: how long an update takes, and how much of what the machine could do that is. */
@Command(
        name = "bench",
        description = "Time a full training update of a fixed model, or the inference of encoders, on random inputs.",
        footer = {
            "",
            "Benches of data2vec 2.0, 8 clones of each sample:",
            "  image   ViT of width 192, 2+10 blocks, 32 images of 32x32",
            "  audio   width 384, 6 blocks, 4 recordings of 4 s",
            "  text    width 384, 6 blocks, 4 texts of 256 tokens",
            "Benches of other methods on the same inputs, with as many blocks of the same width:",
            "  data2vec1-image  mae-image",
            "  data2vec1-audio  aqc-audio  wav2vec2-audio",
            "  data2vec1-text   roberta-text",
            "They mask each sample once, as published; data2vec2-image is another name of image.",
            "inference, inference-tiny, inference-base: encoders of recipes in use, here and in ONNX Runtime, float32.",
            "scaling: the image bench as batch, clones, tokens and width grow, with fitted exponents.",
            "exchange: sums over the processes of a launch, by size; d2v launch --nproc 2 -- bench exchange",
            "'of roofline' is the update's matrix products per second over the rate of plain products measured beside it;",
            "'peak MB' is the process's largest resident memory (2^20 bytes).",
            "",
            "Example: d2v bench image",
            "Example: d2v bench mae-image --precision fp32 --updates 50",
            "Example: d2v bench image --json --precision fp32 > bench.json"
        })
public final class BenchCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The bench: image, audio, text, METHOD-image and so on, inference, scaling or exchange.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String name;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    boolean json;

    @Option(names = "--profile", description = "Add the time of each phase and operator of the update.")
    boolean profile;

    @Option(
            names = "--updates",
            paramLabel = "N",
            defaultValue = "20",
            description = "Timed updates of each precision, or sums of each size (default: ${DEFAULT-VALUE}).")
    int updates;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Processor threads of one operator (default: all cores).")
    int threads;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = BenchReport.BOTH,
            description = "fp32, bf16 or both (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String precision;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Measures and prints. */
    @Override
    public Integer call() {
        if (InferenceBench.isNamed(name)) {
            refuse(profile, "--profile");
            refuse(!precision.equalsIgnoreCase(BenchReport.BOTH), "--precision");
            InferenceBench.of(name, updates, threads)
                    .print(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
            return 0;
        }
        if (name.equals(ScalingBench.NAME)) {
            refuse(profile, "--profile");
            ScalingBench.of(precision, updates, threads)
                    .print(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
            return 0;
        }
        if (name.equals(ExchangeBench.NAME)) {
            refuse(profile, "--profile");
            refuse(!precision.equalsIgnoreCase(BenchReport.BOTH), "--precision");
            refuse(threads != 0, "--threads");
            ExchangeBench.of(updates).print(System.getenv(), spec.commandLine().getOut(), json);
            return 0;
        }
        BenchReport report = BenchReport.of(name, precision, updates, threads, profile);
        report.print(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                json ? BenchReport.Form.JSON : BenchReport.Form.TABLE);
        return 0;
    }

    private void refuse(boolean given, String option) {
        if (given) {
            throw new UserException("bench " + name + " has no " + option + "; leave it out");
        }
    }
}
