package org.data2vec4j.image.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.image.ImageDataset;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.ImageTransform;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.report.MaskFigure;
import org.data2vec4j.report.PageParts;
import org.data2vec4j.report.PageRequest;
import org.data2vec4j.report.PageSource;
import org.data2vec4j.report.Picture;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** What a run on images adds to its page: some of them under the masks that the student saw. */
public final class ImagePage implements PageSource {
    @Override
    public Class<? extends Modality> modality() {
        return ImageModality.class;
    }

    @Override
    public PageParts parts(PageRequest run) {
        ImageSource source = ((ImageDataset) run.data()).source();
        ImageModality image = (ImageModality) run.config().modality();
        return new PageParts(List.of(), new Masked(image).masks(run.config(), source, run.update()), List.of());
    }

    private static final class Masked {
        private static final int CLONES_SHOWN = 8;
        private static final int SAMPLES = 3;

        private final ImageModality image;
        private final ImageTransform transform;

        Masked(ImageModality image) {
            this.image = image;
            Normalization none = new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
            this.transform = new ImageTransform(image.size(), Augmentation.evaluation(image.preparation()), none);
        }

        /** A sample, cropped as for evaluation, or null if it cannot be read. */
        private @Nullable Picture picture(ImageSource source, int index, long seed) {
            int pixels = image.size().pixels();
            float[] planes = new float[3 * pixels];
            try {
                transform.apply(source.read(index), Rng.of(seed), planes, 0);
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
        private List<MaskFigure> masks(PretrainConfig config, ImageSource source, long update) {
            List<MaskFigure> figures = new ArrayList<>();
            MethodConfig method = config.method();
            Grid grid = image.image().grid();
            int clones = Math.min(CLONES_SHOWN, method.clones());
            for (int i = 0; i < Math.min(SAMPLES, source.size()); i++) {
                int index = (int) ((long) i * source.size() / SAMPLES);
                Picture picture = picture(source, index, config.seed());
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
}
