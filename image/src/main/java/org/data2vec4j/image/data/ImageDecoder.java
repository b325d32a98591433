package org.data2vec4j.image.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.data2vec4j.core.UserException;

/**
 * Decodes the bytes of an image file of any known format to 8-bit RGB, its first frame if there are many. Thread-safe; nothing is
 * written to disk. What cannot be decoded whole is an {@link IOException} whose message is the reason.
 *
 * <p>Who decodes what: the JDK JPEG, PNG, GIF and BMP; TwelveMonkeys TIFF and lossless WebP; FFmpeg lossy WebP, AVIF, HEIC, JPEG 2000
 * and PNM. Colours other than grey and RGB, and samples other than 8 and 16 bits, are converted here from what is stored.
 */
public final class ImageDecoder {
    private static final long MOST_PIXELS = 1L << 27; // a header may claim any size; 2^27 is 11,500 squared
    private static final String OF_JDK = "com.sun.imageio";
    private static final int CMYK = 5;
    private static final int LAB = 8;
    private static final int ICC_LAB = 9;
    private static final int ITU_LAB = 10;
    private static final int UNSPECIFIED = 0; // an extra sample that is no transparency
    private static final int UNSIGNED = 1;

    static {
        ImageIO.setUseCache(false);
    }

    private ImageDecoder() {}

    /** The picture in {@code bytes}, turned as its EXIF header says if {@code exifOrientation} is set; transparency is black. */
    public static RgbImage decode(byte[] bytes, boolean exifOrientation) throws IOException {
        return decode(bytes, new ImageReading(exifOrientation, Transparency.BLACK));
    }

    /** The picture in {@code bytes}. */
    public static RgbImage decode(byte[] bytes, ImageReading reading) throws IOException {
        if (bytes.length == 0) {
            throw new IOException("the file is empty");
        }
        try {
            return whole(bytes, reading);
        } catch (UserException e) { // a missing library concerns all pictures
            throw e;
        } catch (RuntimeException e) { // decoders let all sorts out on damaged data
            throw new IOException("damaged image: " + oneLine(e), e);
        } catch (OutOfMemoryError e) {
            throw new IOException("there is not enough memory to decode it; give Java more with -Xmx", e);
        }
    }

    private static RgbImage whole(byte[] bytes, ImageReading reading) throws IOException {
        int orientation = Orientation.NORMAL;
        RgbImage image;
        if (JpegScan.isJpeg(bytes)) {
            JpegScan scan = JpegScan.of(bytes);
            if (!scan.complete()) { // the JDK's decoder would fill the rest with grey
                throw new IOException("the JPEG file is cut off");
            }
            orientation = scan.orientation();
            image = scan.components() == 4
                    ? Cmyk.toRgb(raster(bytes, OF_JDK), scan.inks(), 0)
                    : buffered(bytes, OF_JDK, reading);
        } else if (PngScan.isPng(bytes)) {
            PngScan scan = PngScan.of(bytes);
            if (!scan.complete()) {
                throw new IOException("the PNG file is cut off");
            }
            orientation = scan.orientation();
            image = buffered(bytes, OF_JDK, reading);
        } else if (TiffTags.isTiff(bytes)) {
            TiffTags tags = TiffTags.of(bytes, 0, bytes.length);
            orientation = tags.orientation();
            image = tiff(bytes, tags, reading);
        } else if (WebpScan.isWebp(bytes)) {
            WebpScan scan = WebpScan.of(bytes);
            if (!scan.complete()) {
                throw new IOException("the WebP file is cut off");
            }
            orientation = scan.orientation();
            image = webp(bytes, scan, reading);
        } else {
            if (BoxScan.isMedia(bytes) || BoxScan.isJpeg2000(bytes)) {
                BoxScan.checkComplete(bytes);
            }
            image = readers(bytes, OF_JDK).isEmpty()
                    ? FfmpegImage.decode(bytes, MOST_PIXELS, reading.transparency())
                    : buffered(bytes, OF_JDK, reading);
        }
        return reading.exifOrientation() ? Orientation.apply(image, orientation) : image;
    }

    /** The pixels of an image that is in memory; transparency is composited on black. */
    public static RgbImage of(BufferedImage image) {
        return RgbConversion.toRgb(image, Transparency.BLACK);
    }

    private static RgbImage webp(byte[] bytes, WebpScan scan, ImageReading reading) throws IOException {
        byte[] still = scan.animation() == 0 ? bytes : scan.firstFrame(bytes);
        return scan.lossless()
                ? buffered(still, "", reading)
                : FfmpegImage.decode(still, MOST_PIXELS, reading.transparency());
    }

    private static RgbImage tiff(byte[] bytes, TiffTags tags, ImageReading reading) throws IOException {
        int photometric = tags.first(TiffTags.PHOTOMETRIC, 1);
        int bits = tags.first(TiffTags.BITS, 1);
        boolean integers = tags.first(TiffTags.SAMPLE_FORMAT, UNSIGNED) == UNSIGNED;
        if (photometric == ICC_LAB || photometric == ITU_LAB || (photometric == LAB && (bits != 8 || !integers))) {
            throw new IOException(
                    "it has " + bits + "-bit L*a*b* colours of a form that is not read; convert it to RGB");
        }
        if (photometric == CMYK) {
            return Cmyk.toRgb(raster(bytes, ""), Cmyk.Storage.INK, bits == 16 ? 8 : 0);
        }
        if (photometric == LAB) {
            Raster raster = raster(bytes, "");
            if (raster.getNumBands() < 3) {
                throw new IOException("it has L*a*b* colours in one channel; convert it to RGB");
            }
            return Lab.toRgb(raster);
        }
        if (bits > 16 || (!integers && bits > 8)) {
            if (!integers && bits == 16 && tags.first(TiffTags.SAMPLE_FORMAT, UNSIGNED) == 3) {
                throw new IOException("it has 16-bit floats, which are not read; convert it to 8 bits");
            }
            return SampleRange.of(raster(bytes, ""));
        }
        boolean opaque = tags.first(TiffTags.EXTRA_SAMPLES, -1) == UNSPECIFIED;
        return buffered(bytes, "", opaque ? new ImageReading(false, Transparency.STORED) : reading);
    }

    /** The samples as they are stored. */
    private static Raster raster(byte[] bytes, String preferred) throws IOException {
        return first(bytes, preferred, reader -> {
            if (!reader.canReadRaster()) {
                throw new IOException("its stored samples cannot be read");
            }
            return reader.readRaster(0, null);
        });
    }

    private static RgbImage buffered(byte[] bytes, String preferred, ImageReading reading) throws IOException {
        return first(bytes, preferred, reader -> RgbConversion.toRgb(reader.read(0), reading.transparency()));
    }

    private interface Reading<T> {
        T by(ImageReader reader) throws IOException;
    }

    /** What the first reader that manages it makes of a file. */
    private static <T> T first(byte[] bytes, String preferred, Reading<T> reading) throws IOException {
        IOException failure = null;
        for (ImageReader reader : readers(bytes, preferred)) {
            try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new IOException("the image has " + pixels + " pixels; allowed: up to " + MOST_PIXELS);
                }
                return reading.by(reader);
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            } catch (RuntimeException e) {
                failure = failure == null ? new IOException("damaged image: " + oneLine(e), e) : failure;
            } finally {
                reader.dispose();
            }
        }
        throw failure == null
                ? new IOException("not an image of a known format")
                : new IOException(oneLine(failure), failure);
    }

    /** The installed readers of a format, those of a vendor first; TwelveMonkeys' if none is preferred. */
    private static List<ImageReader> readers(byte[] bytes, String preferred) throws IOException {
        List<ImageReader> readers = new ArrayList<>();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> found = ImageIO.getImageReaders(in);
            found.forEachRemaining(readers::add);
        }
        boolean jdk = preferred.equals(OF_JDK);
        readers.sort(Comparator.comparing(reader -> reader.getClass().getName().startsWith(OF_JDK) != jdk));
        return readers;
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return (e instanceof RuntimeException && e.getMessage() != null
                        ? e.getClass().getSimpleName() + ": "
                        : "")
                + message.replaceAll("\\s*\\R\\s*", " ");
    }
}
