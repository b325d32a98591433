package org.data2vec4j.cli.doctor;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Which image files can be read: those whose reader is on the class path. */
final class ImageFormats {
    private static final List<String> EXPECTED = List.of("jpg", "png", "bmp", "gif", "webp", "tiff");

    private ImageFormats() {}

    static Finding examine() {
        return examine(format -> ImageIO.getImageReadersByFormatName(format).hasNext());
    }

    static Finding examine(Predicate<String> readable) {
        String found = EXPECTED.stream().filter(readable).collect(Collectors.joining(" "));
        String missing = EXPECTED.stream().filter(readable.negate()).collect(Collectors.joining(" "));
        return missing.isEmpty()
                ? Finding.ok("reads " + found)
                : Finding.failed("no reader for " + missing + " (reads " + found
                        + "); put com.twelvemonkeys.imageio's jars on the class path");
    }
}
