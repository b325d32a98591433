package org.data2vec4j.image.data;

/** The kernels by which Pillow resizes pictures; all but the first are widened when a picture shrinks, so that nothing aliases. */
public enum ResampleFilter {
    /** The nearest pixel, without a kernel. */
    NEAREST(0) {
        @Override
        double kernel(double x) {
            throw new IllegalStateException("the nearest pixel is not a weighted sum");
        }
    },
    /** The average of the pixels that an output pixel covers. */
    BOX(0.5) {
        @Override
        double kernel(double x) {
            return x > -0.5 && x <= 0.5 ? 1 : 0;
        }
    },
    /** A triangle. */
    BILINEAR(1) {
        @Override
        double kernel(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },
    /** A cosine window over one lobe of the sine cardinal. */
    HAMMING(1) {
        @Override
        double kernel(double x) {
            double d = Math.abs(x);
            return d >= 1 ? 0 : sinc(d) * (0.54 + 0.46 * Math.cos(Math.PI * d));
        }
    },
    /** Keys' cubic kernel. */
    BICUBIC(2) {
        @Override
        double kernel(double x) {
            return ResizeWeights.kernel(x);
        }
    },
    /** Three lobes of the sine cardinal under its wider first lobe. */
    LANCZOS(3) {
        @Override
        double kernel(double x) {
            return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        }
    };

    private final double support;

    ResampleFilter(double support) {
        this.support = support;
    }

    /** How far the kernel reaches at scale 1, in pixels. */
    double support() {
        return support;
    }

    /** The weight of a pixel at a distance, in pixels at scale 1. */
    abstract double kernel(double x);

    private static double sinc(double x) {
        double angle = Math.PI * x;
        return x == 0 ? 1 : Math.sin(angle) / angle;
    }
}
