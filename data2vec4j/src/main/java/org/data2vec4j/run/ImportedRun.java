package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.Arrays;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.interop.fairseq.FairseqCheckpoint;
import org.data2vec4j.interop.fairseq.FairseqData2Vec2;
import org.data2vec4j.interop.fairseq.FairseqNames;
import org.data2vec4j.interop.fairseq.WeightImport;
import org.data2vec4j.interop.pickle.PickleTensor;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.GridPositions;
import org.data2vec4j.model.encoder.SinCosTables;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.TextOptions;
import org.data2vec4j.text.model.TextConfig;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.run.PretrainConfig;

/** A model of fairseq's, as a run directory of ours; holds its memory until closed. */
public final class ImportedRun implements AutoCloseable {
    private static final String POSITIONS = "modality_encoders.IMAGE.fixed_positional_encoder.positions";

    private static final long MOST_OF_DECODER = 250_000_000;

    private final FairseqData2Vec2 config;
    private final Scope memory;
    private final Data2Vec2 model;
    private final WeightImport student;
    private final WeightImport teacher;

    /** Builds the model and loads what fits. */
    public ImportedRun(FairseqCheckpoint checkpoint) {
        this.config = checkpoint.config();
        FairseqNames names = new FairseqNames(config.modality());
        checkFits(checkpoint, names);
        Built built = Scope.owned(scope -> Built.of(scope, checkpoint, names));
        this.memory = built.memory();
        this.model = built.model();
        this.student = built.student();
        this.teacher = built.teacher();
    }

    /** What takes native memory. */
    private record Built(Scope memory, Data2Vec2 model, WeightImport student, WeightImport teacher) {
        static Built of(Scope scope, FairseqCheckpoint checkpoint, FairseqNames names) {
            FairseqData2Vec2 config = checkpoint.config();
            Data2Vec2 model =
                    new Data2Vec2(config.method(), config.encoder(), () -> frontEnd(config, checkpoint), 0, Device.CPU);
            WeightImport student = WeightImport.run(checkpoint, checkpoint.student(), names, model.weights());
            model.teacher().copyStudent();
            WeightImport teacher = WeightImport.run(
                    checkpoint, checkpoint.teacher(), names, model.teacher().weights());
            return new Built(scope, model, student, teacher);
        }
    }

    /** The encoder must be there as described, before memory is taken for it; the decoder may be missing, but not be huge. */
    private void checkFits(FairseqCheckpoint checkpoint, FairseqNames names) {
        Encoder encoder = new Encoder(frontEnd(config, checkpoint), config.encoder());
        String misfit = WeightImport.misfit(checkpoint.student(), names, "encoder", encoder);
        if (misfit != null) {
            throw new UserException(checkpoint.path() + " does not hold the encoder that its settings describe: "
                    + misfit + "; nothing was written");
        }
        Module decoder = config.method()
                .decoder()
                .build(config.encoder().width(), encoder.local().axes());
        double numbers = 0; // of which a long might have too few digits
        for (Parameter parameter : decoder.parameters().values()) {
            numbers += Arrays.stream(parameter.shape()).asDoubleStream().reduce(1, (a, b) -> a * b);
        }
        if (numbers > MOST_OF_DECODER) {
            throw new UserException(checkpoint.path() + " describes a decoder of " + Math.round(numbers)
                    + " parameters; allowed: up to " + MOST_OF_DECODER);
        }
    }

    /** Whether the model has the file's own table of positions, which is rounded to half precision, where ours are computed. */
    public static boolean storesPositions(FairseqCheckpoint checkpoint) {
        return checkpoint.config().modality().equals("IMAGE")
                && checkpoint.student().containsKey(POSITIONS);
    }

    private static FeatureEncoder frontEnd(FairseqData2Vec2 config, FairseqCheckpoint checkpoint) {
        PickleTensor values = checkpoint.student().get(POSITIONS);
        if (values == null || !config.modality().equals("IMAGE")) {
            return config.frontEnd();
        }
        int width = config.encoder().width();
        Grid stored = config.image().grid();
        float[] table;
        try (Scope scope = Scope.open()) {
            table = checkpoint.read(values).toFloats();
        }
        GridPositions computed = new SinCosTables(width);
        return new ImageFeatureEncoder(
                config.image(),
                width,
                (grid, device) -> grid.equals(stored)
                        ? Tensors.of(table, grid.size(), width).to(device)
                        : computed.of(grid, device));
    }

    /** What became of the student's tensors. */
    public WeightImport student() {
        return student;
    }

    /** What became of the teacher's tensors. */
    public WeightImport teacher() {
        return teacher;
    }

    /** The student's encoder. */
    public Encoder encoder() {
        return model.encoder();
    }

    /** Throws a {@link UserException} unless the whole encoder came over. */
    public void check(Path file) {
        if (!student.encoderComplete()) {
            String first = student.misshapen().isEmpty()
                    ? student.missing().get(0) + " is missing"
                    : student.misshapen().get(0);
            throw new UserException(
                    file + " does not hold the encoder that its settings describe: " + first + "; nothing was written");
        }
    }

    /** Writes the run directory: its recipe and one checkpoint. */
    public void write(Path output, Path file) {
        ImportedFiles.write(output, recipe(output), model, file);
    }

    private PretrainConfig recipe(Path output) {
        return ImportedFiles.recipe(output, modality(), config.encoder(), config.method());
    }

    private Modality modality() {
        return switch (config.modality()) {
            case "IMAGE" ->
                ImageModality.of(config.image().size(), config.image().patch());
            case "AUDIO" -> AudioModality.of(config.audio(), 2, 20, 0);
            case "TEXT" -> text(config.text());
            default -> throw new UserException("the model is of " + config.modality() + "; known: IMAGE, AUDIO, TEXT");
        };
    }

    private static TextModality text(TextConfig text) {
        return new TextModality(
                "",
                text.vocabulary(),
                text.maxPositions(),
                TextModality.Sequences.BLOCKS,
                TextOptions.Unit.FILE,
                "text",
                "",
                text.positions(),
                text.normEpsilon(),
                text.dropout(),
                text.maskSpecial());
    }

    @Override
    public void close() {
        memory.close();
    }
}
