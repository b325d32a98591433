package org.data2vec4j.image.data;

import org.data2vec4j.core.Rng;

/** Draws one synthetic picture: texture, clutter, the shape with its own texture, and noise, in that order. */
final class SyntheticScene {
    private static final int SUBPIXELS = 3; // per axis: edges are antialiased by supersampling
    private static final double LEAST_CONTRAST = 0.42;

    private final int size;
    private final double[] canvas; // interleaved RGB in [0, 1]
    private final Rng rng;

    private SyntheticScene(int size, Rng rng) {
        this.size = size;
        this.canvas = new double[3 * size * size];
        this.rng = rng;
    }

    static RgbImage draw(SyntheticShape shape, int size, Rng rng) {
        SyntheticScene scene = new SyntheticScene(size, rng);
        double[] ground = scene.randomColor();
        double[] figure = scene.contrasting(ground);
        SyntheticTexture groundTexture = new SyntheticTexture(ground, 0.16, rng);
        SyntheticTexture figureTexture = new SyntheticTexture(figure, 0.14, rng);
        scene.cover(groundTexture);
        int spots = 2 + rng.nextInt(5);
        for (int i = 0; i < spots; i++) {
            scene.spot();
        }
        scene.paintShape(shape, figureTexture);
        return scene.developed(rng.nextDouble(0.01, 0.05));
    }

    private double[] randomColor() {
        return new double[] {rng.nextDouble(), rng.nextDouble(), rng.nextDouble()};
    }

    private double[] contrasting(double[] other) {
        while (true) {
            double[] color = randomColor();
            double distance2 = 0;
            for (int c = 0; c < 3; c++) {
                distance2 += (color[c] - other[c]) * (color[c] - other[c]);
            }
            if (distance2 > LEAST_CONTRAST * LEAST_CONTRAST) {
                return color;
            }
        }
    }

    private void cover(SyntheticTexture texture) {
        double[] rgb = new double[3];
        for (int i = 0; i < size * size; i++) {
            texture.color(center(i % size), center(i / size), rgb);
            System.arraycopy(rgb, 0, canvas, 3 * i, 3);
        }
    }

    /** A small soft ellipse or streak of random colour. */
    private void spot() {
        double[] rgb = randomColor();
        double x = rng.nextDouble();
        double y = rng.nextDouble();
        double angle = rng.nextDouble(0, Math.PI);
        double length = rng.nextDouble(0.03, 0.16);
        double breadth = rng.nextDouble(0.02, 0.045);
        double strength = rng.nextDouble(0.4, 0.9);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int i = 0; i < size * size; i++) {
            double dx = center(i % size) - x;
            double dy = center(i / size) - y;
            double along = (cos * dx + sin * dy) / length;
            double across = (cos * dy - sin * dx) / breadth;
            double distance2 = along * along + across * across;
            if (distance2 < 2) {
                blend(i, rgb, strength * Math.min(1, 2 - distance2));
            }
        }
    }

    private void paintShape(SyntheticShape shape, SyntheticTexture texture) {
        double radius = rng.nextDouble(0.27, 0.42);
        double room = 0.5 - 0.85 * radius;
        double x = 0.5 + rng.nextDouble(-room, room);
        double y = 0.5 + rng.nextDouble(-room, room);
        double angle = rng.nextDouble(0, 2 * Math.PI);
        double cos = Math.cos(angle) / radius;
        double sin = Math.sin(angle) / radius;
        double[] rgb = new double[3];
        double step = 1.0 / (size * SUBPIXELS);
        for (int i = 0; i < size * size; i++) {
            int column = i % size;
            int row = i / size;
            int inside = 0;
            for (int s = 0; s < SUBPIXELS * SUBPIXELS; s++) {
                int subrow = s / SUBPIXELS;
                double dx = (column * SUBPIXELS + s % SUBPIXELS + 0.5) * step - x;
                double dy = (row * SUBPIXELS + subrow + 0.5) * step - y;
                inside += shape.contains(cos * dx + sin * dy, cos * dy - sin * dx) ? 1 : 0;
            }
            if (inside > 0) {
                texture.color(center(i % size), center(i / size), rgb);
                blend(i, rgb, (double) inside / (SUBPIXELS * SUBPIXELS));
            }
        }
    }

    /** The middle of a pixel, on an axis from 0 to 1. */
    private double center(int pixel) {
        return (pixel + 0.5) / size;
    }

    private void blend(int pixel, double[] rgb, double share) {
        for (int c = 0; c < 3; c++) {
            canvas[3 * pixel + c] += share * (rgb[c] - canvas[3 * pixel + c]);
        }
    }

    private RgbImage developed(double noise) {
        byte[] bytes = new byte[canvas.length];
        for (int i = 0; i < bytes.length; i++) {
            double value = canvas[i] + noise * rng.nextGaussian();
            bytes[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
        }
        return new RgbImage(size, size, bytes);
    }
}
