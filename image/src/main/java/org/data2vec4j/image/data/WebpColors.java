package org.data2vec4j.image.data;

import java.nio.ByteBuffer;

/**
 * The planes of a lossy WebP picture as libwebp shows them: chroma between four neighbours in the ratio 9:3:3:1, and BT.601 colours of
 * limited range in fixed point. Decoders agree on the planes, which the format defines exactly; programs differ in this step.
 */
final class WebpColors {
    private final int width;
    private final int chromaWidth;
    private final int chromaHeight;
    private final Plane luma;
    private final Plane u;
    private final Plane v;

    /** A plane of bytes whose rows are {@code stride} apart. */
    record Plane(ByteBuffer bytes, int stride) {
        int at(int x, int y) {
            return bytes.get(y * stride + x) & 0xFF;
        }
    }

    WebpColors(int width, int height, Plane luma, Plane u, Plane v) {
        this.width = width;
        this.chromaWidth = (width + 1) / 2;
        this.chromaHeight = (height + 1) / 2;
        this.luma = luma;
        this.u = u;
        this.v = v;
    }

    /** Writes a row of RGB. */
    void row(int y, byte[] rgb, int at) {
        int near = y >> 1;
        int far = Math.max(0, Math.min(chromaHeight - 1, (y & 1) == 0 ? near - 1 : near + 1));
        int to = at;
        for (int x = 0; x < width; x++) {
            int column = x >> 1;
            int other = (x & 1) == 0 ? column - 1 : column + 1;
            int cu = chroma(u, column, other, near, far);
            int cv = chroma(v, column, other, near, far);
            int brightness = (luma.at(x, y) * 19077) >> 8;
            rgb[to++] = clip(brightness + ((cv * 26149) >> 8) - 14234);
            rgb[to++] = clip(brightness - ((cu * 6419) >> 8) - ((cv * 13320) >> 8) + 8708);
            rgb[to++] = clip(brightness + ((cu * 33050) >> 8) - 17685);
        }
    }

    private int chroma(Plane plane, int column, int other, int near, int far) {
        int own = plane.at(column, near);
        int vertical = plane.at(column, far);
        if (other < 0 || other >= chromaWidth) {
            return (3 * own + vertical + 2) >> 2;
        }
        int horizontal = plane.at(other, near);
        int sum = own + horizontal + vertical + plane.at(other, far) + 8;
        return (((sum + 2 * (horizontal + vertical)) >> 3) + own) >> 1;
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value >> 6));
    }
}
