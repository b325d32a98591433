package org.data2vec4j.run;

import org.data2vec4j.report.Picture;
import org.data2vec4j.report.Shade;
import org.data2vec4j.train.data.Preview;
import org.jspecify.annotations.Nullable;

/** Pictures of samples for a page. */
public final class Thumbnails {
    private static final int LARGEST = 40; // hundreds of them are in a page

    private Thumbnails() {}

    /** The picture of a preview, or null if it has none. */
    public static @Nullable Picture picture(Preview preview) {
        Preview.Thumbnail thumbnail = preview.thumbnail();
        if (thumbnail instanceof Preview.HeatMap map) {
            return Shade.picture(map.values(), map.width(), map.height());
        }
        return thumbnail instanceof Preview.Pixels pixels
                ? new Picture(pixels.width(), pixels.height(), pixels.rgb())
                : null;
    }

    /** The same; a photograph with at most {@value #LARGEST} pixels a side, each the mean of those it stands for. */
    public static @Nullable Picture small(Preview preview) {
        return within(preview, LARGEST);
    }

    /** The same; a photograph with at most {@code largest} pixels a side, each the mean of those it stands for. */
    public static @Nullable Picture within(Preview preview, int largest) {
        Picture picture = picture(preview);
        return picture == null || preview.thumbnail() instanceof Preview.HeatMap ? picture : shrunk(picture, largest);
    }

    private static Picture shrunk(Picture picture, int largest) {
        int factor = (Math.max(picture.width(), picture.height()) + largest - 1) / largest;
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
