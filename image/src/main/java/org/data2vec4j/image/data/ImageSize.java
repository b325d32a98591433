package org.data2vec4j.image.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.data2vec4j.core.AsText;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;

/**
 * The size of pictures in pixels; in recipes a side ({@code 224}) or height and width ({@code 224x320}).
 *
 * @param height rows
 * @param width columns
 */
@AsText(ImageSize.WORD)
public record ImageSize(int height, int width) {
    /** What it is written as. */
    static final String WORD = "a side in pixels such as 224, or height and width such as 224x320";

    private static final int LARGEST = 1 << 13;
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

    /** Refuses sides outside 1 to 8192. */
    public ImageSize {
        Check.inRange("height", height, 1, LARGEST);
        Check.inRange("width", width, 1, LARGEST);
    }

    /** As high as wide. */
    public static ImageSize square(int side) {
        return new ImageSize(side, side);
    }

    /** The size that {@link #toString()} writes. */
    public static ImageSize parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new UserException("image.size is '" + text + "'; allowed: " + WORD);
        }
        int height = Integer.parseInt(form.group(1));
        return new ImageSize(height, form.group(2) == null ? height : Integer.parseInt(form.group(2)));
    }

    /** How many pixels there are. */
    public int pixels() {
        return height * width;
    }

    /** The shorter side. */
    public int shorter() {
        return Math.min(height, width);
    }

    /** Whether it is as high as wide. */
    public boolean isSquare() {
        return height == width;
    }

    @Override
    public String toString() {
        return isSquare() ? Integer.toString(height) : height + "x" + width;
    }
}
