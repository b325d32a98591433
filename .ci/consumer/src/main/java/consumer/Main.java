package consumer;

import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Pretraining;
import org.data2vec4j.Recipe;

/** Pre-trains for two updates on made-up images, loads the run and embeds an image: {@code Main FOLDER IMAGE}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Path run = Path.of(args[0], "run");
        Pretraining.of(Recipe.load("image-tiny", List.of(
                        "data=synthetic:64",
                        "run=" + run,
                        "train.updates=2",
                        "train.batch=8",
                        "schedule.warmup=1",
                        "evaluate.every_updates=0"))
                        .bind())
                .run();
        try (Data2Vec model = Data2Vec.load(run)) {
            float[] vector = model.embed(Path.of(args[1]));
            System.out.println("embedded an image as " + vector.length + " numbers, in "
                    + (Main.class.getModule().isNamed() ? "a module" : "no module"));
        }
    }
}
