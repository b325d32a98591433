package org.data2vec4j.report;

/** A scale of colours from dark blue over green to yellow, as even to the eye as viridis, whose stops it takes. */
public final class Shade {
    private static final int[] STOPS = {0x440154, 0x414487, 0x2A788E, 0x22A884, 0x7AD151, 0xFDE725};

    private Shade() {}

    /** The colour 0xRRGGBB of a share from 0 to 1; what lies outside is drawn to the end. */
    public static int of(double share) {
        double at = Math.max(0, Math.min(1, Double.isNaN(share) ? 0 : share)) * (STOPS.length - 1);
        int low = (int) Math.min(STOPS.length - 2, Math.floor(at));
        double part = at - low;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = (STOPS[low] >> shift) & 0xFF;
            int b = (STOPS[low + 1] >> shift) & 0xFF;
            int mixed = (int) Math.round(a + part * (b - a));
            colour |= mixed << shift;
        }
        return colour;
    }

    /** Values as a picture of one pixel each, row by row, from the smallest, dark, to the largest, bright. */
    public static Picture picture(float[] values, int width, int height) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        byte[] rgb = new byte[3 * values.length];
        for (int i = 0; i < values.length; i++) {
            int colour = of(high > low ? (values[i] - low) / (high - low) : 0);
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (colour >> (16 - 8 * c));
            }
        }
        return new Picture(width, height, rgb);
    }
}
