package org.data2vec4j.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Pretraining;
import org.data2vec4j.Recipe;

/** An encoder of one's own, pre-trained on a folder of pictures as {@code d2v pretrain} does it, and the vector of one picture. */
public final class OwnEncoder {
    private OwnEncoder() {}

    /** {@code OwnEncoder FOLDER RUN PICTURE [a.b=c ...]}. */
    public static void main(String[] args) {
        run(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), List.of(args).subList(3, args.length), System.out);
    }

    static void run(Path pictures, Path run, Path picture, List<String> more, PrintStream out) {
        List<String> settings = new ArrayList<>(List.of("data=" + pictures, "run=" + run));
        settings.addAll(more);
        Pretraining.of(Recipe.load("image-tiny", settings).bind())
                .run(); // a run that was stopped goes on from its newest checkpoint
        try (Data2Vec model = Data2Vec.load(run)) {
            out.println(model.embed(picture).length + " numbers for " + picture.getFileName());
        }
    }
}
