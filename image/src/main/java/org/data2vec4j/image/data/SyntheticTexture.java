package org.data2vec4j.image.data;

import org.data2vec4j.core.Rng;

/** A random two-coloured pattern over the unit square: a gradient, stripes, checks or waves. */
final class SyntheticTexture {
    private final int kind;
    private final double[] waves = new double[9]; // three of (frequency in x, frequency in y, phase)
    private final double[] first;
    private final double[] second;

    /** A pattern of two colours near {@code base}, at most {@code spread} apart from it per channel, each in [0, 1]. */
    SyntheticTexture(double[] base, double spread, Rng rng) {
        kind = rng.nextInt(4);
        for (int wave = 0; wave < 3; wave++) {
            double angle = rng.nextDouble(0, 2 * Math.PI);
            double frequency = 2 * Math.PI * rng.nextDouble(1.2, 4);
            waves[3 * wave] = frequency * Math.cos(angle);
            waves[3 * wave + 1] = frequency * Math.sin(angle);
            waves[3 * wave + 2] = rng.nextDouble(0, 2 * Math.PI);
        }
        first = near(base, spread, rng);
        second = near(base, spread, rng);
    }

    private static double[] near(double[] base, double spread, Rng rng) {
        double[] color = new double[3];
        for (int c = 0; c < 3; c++) {
            color[c] = Math.min(1, Math.max(0, base[c] + rng.nextDouble(-spread, spread)));
        }
        return color;
    }

    /** Writes the colour at a point to {@code rgb}. */
    void color(double x, double y, double[] rgb) {
        double t = switch (kind) {
            case 0 -> Math.min(1, Math.max(0, 0.5 + (waves[0] * (x - 0.5) + waves[1] * (y - 0.5)) / 16));
            case 1 -> 0.5 + 0.5 * Math.max(-1, Math.min(1, 2.5 * wave(0, x, y)));
            case 2 -> 0.5 + 0.5 * Math.max(-1, Math.min(1, 4 * wave(0, x, y) * across(x, y)));
            default -> 0.5 + (wave(0, x, y) + wave(1, x, y) + wave(2, x, y)) / 6;
        };
        for (int c = 0; c < 3; c++) {
            rgb[c] = first[c] + t * (second[c] - first[c]);
        }
    }

    private double wave(int number, double x, double y) {
        return Math.sin(waves[3 * number] * x + waves[3 * number + 1] * y + waves[3 * number + 2]);
    }

    private double across(double x, double y) {
        return Math.sin(waves[0] * y - waves[1] * x + waves[5]);
    }
}
