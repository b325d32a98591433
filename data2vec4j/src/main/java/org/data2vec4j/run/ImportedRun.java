package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.Arrays;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.fairseq.FairseqCheckpoint;
import org.data2vec4j.interop.fairseq.FairseqData2Vec2;
import org.data2vec4j.interop.fairseq.FairseqNames;
import org.data2vec4j.interop.fairseq.StoredPositions;
import org.data2vec4j.interop.fairseq.WeightImport;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.run.PretrainConfig;

/** A model of fairseq's, as a run directory of ours; holds its memory until closed. */
public final class ImportedRun implements AutoCloseable {
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
            Data2Vec2 model = new Data2Vec2(
                    config.method(), config.encoder(), () -> StoredPositions.featureEncoder(checkpoint), 0, Device.CPU);
            WeightImport student = WeightImport.run(checkpoint, checkpoint.student(), names, model.weights());
            model.teacher().copyStudent();
            WeightImport teacher = WeightImport.run(
                    checkpoint, checkpoint.teacher(), names, model.teacher().weights());
            return new Built(scope, model, student, teacher);
        }
    }

    /** The encoder must be there as described, before memory is taken for it; the decoder may be missing, but not be huge. */
    private void checkFits(FairseqCheckpoint checkpoint, FairseqNames names) {
        Encoder encoder = new Encoder(StoredPositions.featureEncoder(checkpoint), config.encoder());
        String misfit = WeightImport.misfit(checkpoint.student(), names, "encoder", encoder);
        if (misfit != null) {
            throw new UserException(checkpoint.path() + " does not hold the encoder that its settings describe: "
                    + misfit + "; nothing was written");
        }
        Module decoder = config.method()
                .decoder()
                .build(config.encoder().width(), encoder.featureEncoder().axes());
        double numbers = 0; // of which a long might have too few digits
        for (Parameter parameter : decoder.parameters().values()) {
            numbers += Arrays.stream(parameter.shape()).asDoubleStream().reduce(1, (a, b) -> a * b);
        }
        if (numbers > MOST_OF_DECODER) {
            throw new UserException(checkpoint.path() + " describes a decoder of " + Math.round(numbers)
                    + " parameters; allowed: up to " + MOST_OF_DECODER);
        }
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
        return ImportedFiles.recipe(output, config.data(), config.encoder(), config.method());
    }

    @Override
    public void close() {
        memory.close();
    }
}
