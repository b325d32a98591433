package org.data2vec4j.image.data;

/** The hue turn: from RGB to hue, saturation and value and back, value and saturation unchanged. */
final class Hue {
    private Hue() {}

    /** Turns the hue of every pixel by {@code share} of the circle; samples in [0, 1] stay there. */
    static void turn(float[] pixels, int at, int plane, float share) {
        if (share == 0) {
            return;
        }
        for (int i = at; i < at + plane; i++) {
            float r = pixels[i];
            float g = pixels[i + plane];
            float b = pixels[i + 2 * plane];
            float value = Math.max(r, Math.max(g, b));
            float chroma = value - Math.min(r, Math.min(g, b));
            if (chroma > 0) {
                float sector = sector(r, g, b, value, chroma) + 6 * share;
                pixels[i] = channel(sector + 5, value, chroma);
                pixels[i + plane] = channel(sector + 3, value, chroma);
                pixels[i + 2 * plane] = channel(sector + 1, value, chroma);
            }
        }
    }

    /** The hue in sixths of the circle, −1 to 5, from red. */
    private static float sector(float r, float g, float b, float value, float chroma) {
        if (value == r) {
            return (g - b) / chroma;
        }
        return value == g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
    }

    private static float channel(float sector, float value, float chroma) {
        float k = sector - 6 * (float) Math.floor(sector / 6);
        return value - chroma * Math.max(0, Math.min(1, Math.min(k, 4 - k)));
    }
}
