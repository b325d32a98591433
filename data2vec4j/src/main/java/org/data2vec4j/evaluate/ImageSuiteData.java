package org.data2vec4j.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.eval.EvaluationData;
import org.data2vec4j.image.eval.ImageSamples;
import org.data2vec4j.report.Picture;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunImages;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** Labelled pictures for an evaluation. */
final class ImageSuiteData {
    private static final double HELD_OUT = 0.2;
    private static final int BATCH = 256;
    private static final int LARGEST = 40; // pixels of a thumbnail: hundreds of them are in the page

    private ImageSuiteData() {}

    static SuiteData open(
            LoadedPretraining run, ImageModality image, RunArguments arguments, Consumer<String> warnings) {
        PretrainConfig config = run.config();
        List<ImageSource> opened = new ArrayList<>();
        ImageSource source = image.source(arguments.get("data", config.data()), config.seed());
        opened.add(source);
        boolean own = arguments.get("data") == null;
        String test = arguments.get("test", own ? config.evaluate().data() : "");
        int bank = arguments.number("bank", config.evaluate().bank());
        int queries = arguments.number("queries", config.evaluate().queries());
        // Keyed by a constant, not by the run's seed: runs of other seeds are measured on the same pictures.
        EvaluationData data;
        if (test.isEmpty()) {
            data = EvaluationData.split(source, HELD_OUT, bank, queries, 0);
        } else {
            ImageSource asked = image.source(test, config.seed());
            opened.add(asked);
            data = EvaluationData.of(source, asked, bank, queries, 0);
        }
        ImageLoaderConfig loader = ImageLoaderConfig.evaluation(image.size(), BATCH, image.normalization())
                .withThreads(config.train().workers(), 2);
        RunImages pictures = new RunImages(config, image);
        Map<String, String> reading = new LinkedHashMap<>();
        reading.put(
                "input",
                image.size().height() + "×" + image.size().width() + " pixels, the middle"
                        + (image.size().isSquare() ? " square" : ""));
        return new SuiteData(
                new ImageSamples(data.bank(), image, loader, warnings),
                new ImageSamples(data.test(), image, loader, warnings),
                reading,
                new Preview() {
                    @Override
                    public @Nullable Picture picture(int index) {
                        Picture picture = pictures.picture(data.test(), index);
                        return picture == null ? null : small(picture);
                    }

                    @Override
                    public String words(int index) {
                        int label = data.test().label(index);
                        String name = data.test().name(index);
                        return (label < 0 ? "" : data.test().classes().get(label) + ", ")
                                + name.substring(name.lastIndexOf('/') + 1);
                    }
                },
                () -> opened.forEach(ImageSource::close));
    }

    /** At most {@value #LARGEST} pixels a side, each the mean of those it stands for. */
    static Picture small(Picture picture) {
        int factor = (Math.max(picture.width(), picture.height()) + LARGEST - 1) / LARGEST;
        if (factor == 1) {
            return picture;
        }
        int width = Math.max(1, picture.width() / factor);
        int height = Math.max(1, picture.height() / factor);
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % width * factor;
            int y = i / 3 / width * factor;
            int sum = 0;
            int count = 0;
            for (int dy = 0; dy < factor && y + dy < picture.height(); dy++) {
                for (int dx = 0; dx < factor && x + dx < picture.width(); dx++) {
                    sum += picture.rgb()[3 * ((y + dy) * picture.width() + x + dx) + i % 3] & 0xFF;
                    count++;
                }
            }
            rgb[i] = (byte) (sum / count);
        }
        return new Picture(width, height, rgb);
    }
}
