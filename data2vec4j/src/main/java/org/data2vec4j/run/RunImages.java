package org.data2vec4j.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.ImageTransform;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.report.MaskFigure;
import org.data2vec4j.report.Picture;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** Pictures of a run's data as the model sees them, for its page. */
public final class RunImages {
    private static final int CLONES_SHOWN = 8;

    private final PretrainConfig config;
    private final ImageModality image;
    private final ImageTransform transform;

    /** Pictures of a run that reads them so. */
    public RunImages(PretrainConfig config, ImageModality image) {
        this.config = config;
        this.image = image;
        Normalization none = new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
        this.transform = new ImageTransform(image.size(), Augmentation.EVALUATION, none);
    }

    /** A sample, cropped as for evaluation, or null if it cannot be read. */
    public @Nullable Picture picture(ImageSource source, int index) {
        int pixels = image.size().pixels();
        float[] planes = new float[3 * pixels];
        try {
            transform.apply(source.read(index), Rng.of(config.seed()), planes, 0);
        } catch (IOException e) {
            return null; // named and counted when it was trained on
        }
        byte[] rgb = new byte[planes.length];
        for (int i = 0; i < pixels; i++) {
            for (int channel = 0; channel < 3; channel++) {
                float value = planes[channel * pixels + i];
                rgb[3 * i + channel] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
            }
        }
        return new Picture(image.size().width(), image.size().height(), rgb);
    }

    /** Some samples under the masks that the student saw at an update. */
    List<MaskFigure> masks(ImageSource source, int count, long update) {
        List<MaskFigure> figures = new ArrayList<>();
        MethodConfig method = config.method();
        Grid grid = image.image().grid();
        int clones = Math.min(CLONES_SHOWN, method.clones());
        for (int i = 0; i < Math.min(count, source.size()); i++) {
            int index = (int) ((long) i * source.size() / count);
            Picture picture = picture(source, index);
            if (picture != null) {
                MaskBatch masks =
                        MaskBatch.draw(method.mask(), grid, config.seed(), update, new long[] {index}, clones);
                figures.add(new MaskFigure(picture, grid.height(), grid.width(), rows(masks, grid)));
            }
        }
        return figures;
    }

    private static List<boolean[]> rows(MaskBatch masks, Grid grid) {
        List<boolean[]> rows = new ArrayList<>();
        for (int row = 0; row < masks.rows(); row++) {
            boolean[] masked = new boolean[grid.size()];
            for (int position = 0; position < masked.length; position++) {
                masked[position] = masks.masked(row, position);
            }
            rows.add(masked);
        }
        return rows;
    }
}
