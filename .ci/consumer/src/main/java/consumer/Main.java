package consumer;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.Pretraining;
import org.data2vec4j.Recipe;

/** Pre-trains for two updates on made-up images, loads the run, and embeds an image as a file, as bytes and in memory: {@code Main FOLDER}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Path run = folder.resolve("run");
        Recipe recipe = Recipe.load("image-tiny").with(
                "data=synthetic:64",
                "run=" + run,
                "model.depth=2",
                "data2vec2.targets.layers=2",
                "train.updates=2",
                "train.batch=8",
                "train.threads=1",
                "schedule.warmup=1",
                "evaluate.every_updates=0");
        Pretraining.of(recipe.bind()).run();

        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, i * 4099);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        Path file = Files.write(folder.resolve("image.png"), bytes.toByteArray());
        try (Data2Vec model = Data2Vec.load(run, Options.threads(1))) {
            int length = model.embed(file).length;
            if (model.embed(bytes.toByteArray()).length != length || model.embed(image).length != length) {
                throw new IllegalStateException("vectors of one image have different lengths");
            }
            System.out.println("embedded an image as " + length + " numbers, "
                    + (Main.class.getModule().isNamed() ? "in a module" : "on the class path") + ", Java "
                    + Runtime.version().feature());
        }
    }
}
