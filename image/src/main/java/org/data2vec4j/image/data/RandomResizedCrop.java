package org.data2vec4j.image.data;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * A box of random area, shape and place (Szegedy et al., "Going deeper with convolutions", 2015, section 6): its area is a share
 * of the picture's between the two scales, its aspect (width over height) log-uniform between the two aspects. After ten
 * boxes that do not fit, the largest middle box with a legal aspect.
 */
public record RandomResizedCrop(double minScale, double maxScale, double minAspect, double maxAspect) implements Crop {
    private static final int TRIES = 10;

    /** Scales lie in (0, 1], aspects above 0, each minimum at most its maximum. */
    public RandomResizedCrop {
        Check.positive("min_scale", minScale);
        Check.inRange("max_scale", maxScale, minScale, 1);
        Check.positive("min_aspect", minAspect);
        Check.inRange("max_aspect", maxAspect, minAspect, 1e6);
    }

    /** The two scales with aspects from 3/4 to 4/3. */
    public static RandomResizedCrop ofScale(double minScale, double maxScale) {
        return new RandomResizedCrop(minScale, maxScale, 3.0 / 4, 4.0 / 3);
    }

    @Override
    public CropRegion region(int width, int height, ImageSize size, Rng rng) {
        double area = (double) width * height;
        for (int i = 0; i < TRIES; i++) {
            double target = area * rng.nextDouble(minScale, maxScale);
            double aspect = StrictMath.exp(rng.nextDouble(StrictMath.log(minAspect), StrictMath.log(maxAspect)));
            long boxWidth = Math.round(Math.sqrt(target * aspect));
            long boxHeight = Math.round(Math.sqrt(target / aspect));
            if (boxWidth >= 1 && boxWidth <= width && boxHeight >= 1 && boxHeight <= height) {
                int x = rng.nextInt(width - (int) boxWidth + 1);
                int y = rng.nextInt(height - (int) boxHeight + 1);
                return CropRegion.box(x, y, (int) boxWidth, (int) boxHeight);
            }
        }
        return middle(width, height);
    }

    private CropRegion middle(int width, int height) {
        double aspect = Math.min(Math.max((double) width / height, minAspect), maxAspect);
        int boxWidth = (int) Math.max(1, Math.min(width, Math.round(height * aspect)));
        int boxHeight = (int) Math.max(1, Math.min(height, Math.round(width / aspect)));
        return CropRegion.box((width - boxWidth) / 2, (height - boxHeight) / 2, boxWidth, boxHeight);
    }
}
