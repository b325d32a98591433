package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.fairseq.FeatureCheck;
import org.data2vec4j.interop.fairseq.WeightImport;
import org.data2vec4j.interop.huggingface.HfCheck;
import org.data2vec4j.interop.huggingface.HfFolder;
import org.data2vec4j.interop.huggingface.HfImport;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.run.PretrainConfig;

/** A folder of Hugging Face's, as a run directory of ours; holds its memory until closed. */
public final class ImportedFolder implements AutoCloseable {
    private final HfFolder folder;
    private final HfImport source;
    private final Path output;
    private final PretrainConfig recipe;
    private final Scope memory;
    private final PretrainingMethod model;
    private final WeightImport student;

    /**
     * Builds the model and loads it.
     *
     * @throws UserException if the folder does not hold the whole encoder that it describes
     */
    public ImportedFolder(HfFolder folder, Path output) {
        this.folder = folder;
        this.output = output;
        this.source = new HfImport(folder);
        source.check();
        this.recipe = ImportedFiles.recipe(
                output,
                source.model().modality(),
                source.model().encoder(),
                source.model().method());
        Built built = Scope.owned(scope -> build(scope));
        this.memory = built.memory();
        this.model = built.model();
        this.student = built.student();
    }

    /** What takes native memory. */
    private record Built(Scope memory, PretrainingMethod model, WeightImport student) {}

    private Built build(Scope scope) {
        PretrainingMethod made = recipe.build(Device.CPU);
        WeightImport loaded = source.load(made.weights());
        made.frozenWeights().values().forEach(teacher -> begin(teacher, made));
        return new Built(scope, made, loaded);
    }

    /** A teacher begins as the student is. */
    private static void begin(Weights teacher, PretrainingMethod model) {
        Grad.noGrad(() -> teacher.parameters()
                .forEach((name, parameter) -> parameter
                        .value()
                        .detach()
                        .copy_(model.weights().parameter(name).value())));
    }

    /** What became of the tensors. */
    public WeightImport student() {
        return student;
    }

    /** The import. */
    public HfImport source() {
        return source;
    }

    /** Writes the run directory, and what else of the folder belongs to the model, such as a tokenizer. */
    public void write(Consumer<String> messages) {
        ImportedFiles.write(output, recipe, model, folder.path());
        try {
            recipe.modality().importCompanion(folder.path(), output);
        } catch (UserException e) {
            messages.accept("without its tokenizer: " + e.getMessage());
        }
    }

    /** Compares with what Hugging Face gave. */
    public FeatureCheck.Result compare(Path recorded) {
        Encoder encoder = model.encoders().preferred();
        return HfCheck.run(recorded, folder, source.model(), encoder);
    }

    @Override
    public void close() {
        memory.close();
    }
}
