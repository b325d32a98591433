package org.data2vec4j.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Export;
import org.data2vec4j.Import;
import org.data2vec4j.WeightsChoice;

/** A run's teacher for use elsewhere, as a folder of Hugging Face's and as ONNX, and the folder read back as a run. */
public final class Exchange {
    private Exchange() {}

    /** {@code Exchange RUN FOLDER}. */
    public static void main(String[] args) {
        run(Path.of(args[0]), Path.of(args[1]), System.out);
    }

    static void run(Path run, Path folder, PrintStream out) {
        Export teacher = Export.of(run).weights(WeightsChoice.TEACHER);
        Export.Written onnx = teacher.onnx(folder.resolve("teacher.onnx"));
        out.println(onnx.output().getFileName() + ": " + onnx.content());
        Export.Written written = teacher.huggingFace(folder.resolve("teacher"));
        written.notes().forEach(out::println);
        Import.Imported back = Import.of(written.output()).into(folder.resolve("imported"));
        out.println(back.tensors().get(0).mapped() + " tensors read back");
        try (Data2Vec model = Data2Vec.load(back.run())) {
            out.println(model.info().origin().replaceFirst(" of .*", "") + ", vectors of " + model.width());
        }
    }
}
