package org.data2vec4j.image.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes the bytes of an image file of any installed format to 8-bit RGB, its first frame if there are many. Thread-safe;
 * nothing is written to disk. What cannot be decoded whole is an {@link IOException} whose message is the reason.
 */
public final class ImageDecoder {
    private static final long MOST_PIXELS = 1L << 27; // a header may claim any size; 2^27 is 11,500 squared

    static {
        ImageIO.setUseCache(false);
    }

    private ImageDecoder() {}

    /** The picture in {@code bytes}, turned as its EXIF header says if {@code exifOrientation} is set and it is a JPEG. */
    public static RgbImage decode(byte[] bytes, boolean exifOrientation) throws IOException {
        if (bytes.length == 0) {
            throw new IOException("the file is empty");
        }
        int orientation = Orientation.NORMAL;
        if (JpegScan.isJpeg(bytes)) {
            JpegScan scan = JpegScan.of(bytes);
            if (!scan.complete()) { // the JDK's decoder would fill the rest with grey
                throw new IOException("the JPEG file is cut off");
            }
            orientation = exifOrientation ? scan.orientation() : Orientation.NORMAL;
        }
        return Orientation.apply(RgbConversion.toRgb(decodeAny(bytes)), orientation);
    }

    /** The pixels of an image that is in memory; transparency is composited on black. */
    public static RgbImage of(BufferedImage image) {
        return RgbConversion.toRgb(image);
    }

    private static BufferedImage decodeAny(byte[] bytes) throws IOException {
        IOException failure = new IOException("not an image of a known format");
        for (ImageReader reader : readers(bytes)) {
            try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new IOException("the image has " + pixels + " pixels; allowed: up to " + MOST_PIXELS);
                }
                return reader.read(0);
            } catch (IOException e) {
                failure = e;
            } catch (RuntimeException e) { // decoders let all sorts out on damaged data
                failure = new IOException("damaged image: " + e, e);
            } finally {
                reader.dispose();
            }
        }
        throw new IOException(oneLine(failure), failure);
    }

    /** The JDK's own readers first; the plug-ins take what those refuse, such as CMYK. */
    private static List<ImageReader> readers(byte[] bytes) throws IOException {
        List<ImageReader> readers = new ArrayList<>();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> found = ImageIO.getImageReaders(in);
            found.forEachRemaining(readers::add);
        }
        readers.sort(Comparator.comparing(reader -> !reader.getClass().getName().startsWith("com.sun.imageio")));
        return readers;
    }

    private static String oneLine(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
