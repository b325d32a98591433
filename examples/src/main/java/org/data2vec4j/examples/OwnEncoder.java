package org.data2vec4j.examples;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Recipe;
import org.data2vec4j.run.PretrainRun;
import org.data2vec4j.train.run.PretrainConfig;

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
        PretrainConfig config = Recipe.load("image-tiny", settings).bind(PretrainConfig.class);
        new PretrainRun(config, new PrintWriter(out, true, StandardCharsets.UTF_8))
                .run(); // or goes on from the newest checkpoint
        try (Data2Vec model = Data2Vec.load(run)) {
            out.println(model.image(picture).length + " numbers for " + picture.getFileName());
        }
    }
}
