package org.data2vec4j.image.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * Turns any buffered image into 8-bit RGB. Grey and RGB samples are taken as they are stored:
 * the standard conversion would brighten grey ones, and embedded colour profiles are not applied.
 */
final class RgbConversion {
    private RgbConversion() {}

    static RgbImage toRgb(BufferedImage image, Transparency transparency) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        ColorModel model = image.getColorModel();
        int type = model.getTransferType();
        boolean integers = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
        int space = model.getColorSpace().getType();
        if (model instanceof ComponentColorModel
                && integers
                && (space == ColorSpace.TYPE_RGB || space == ColorSpace.TYPE_GRAY)) {
            int[] offsets = plainOffsets(image, model);
            if (offsets.length > 0) {
                copyBytes(image, offsets, rgb);
            } else {
                copySamples(image, transparency, rgb);
            }
        } else {
            copyConverted(image, transparency, rgb);
        }
        return new RgbImage(width, height, rgb);
    }

    /** The places of red, green and blue in a byte-interleaved image without transparency; empty for all others. */
    private static int[] plainOffsets(BufferedImage image, ColorModel model) {
        Raster raster = image.getRaster();
        boolean plain = raster.getSampleModel() instanceof PixelInterleavedSampleModel
                && raster.getDataBuffer() instanceof DataBufferByte
                && raster.getSampleModelTranslateX() == 0
                && raster.getSampleModelTranslateY() == 0
                && !model.hasAlpha();
        if (!plain) {
            return new int[0];
        }
        int[] bands = ((PixelInterleavedSampleModel) raster.getSampleModel()).getBandOffsets();
        return bands.length == 1 ? new int[] {bands[0], bands[0], bands[0]} : bands;
    }

    private static void copyBytes(BufferedImage image, int[] offsets, byte[] rgb) {
        PixelInterleavedSampleModel layout =
                (PixelInterleavedSampleModel) image.getRaster().getSampleModel();
        DataBufferByte buffer = (DataBufferByte) image.getRaster().getDataBuffer();
        byte[] data = buffer.getData();
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            int from = buffer.getOffset() + y * layout.getScanlineStride();
            for (int x = 0; x < image.getWidth(); x++) {
                rgb[to++] = data[from + offsets[0]];
                rgb[to++] = data[from + offsets[1]];
                rgb[to++] = data[from + offsets[2]];
                from += layout.getPixelStride();
            }
        }
    }

    /** Grey or RGB of 8 or 16 bits, with or without transparency as the last band. */
    private static void copySamples(BufferedImage image, Transparency transparency, byte[] rgb) {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        int shift = model.getTransferType() == DataBuffer.TYPE_USHORT ? 8 : 0;
        int colors = model.getNumColorComponents();
        boolean blend = transparency == Transparency.BLACK && model.hasAlpha() && !model.isAlphaPremultiplied();
        int bands = raster.getNumBands();
        int[] row = new int[image.getWidth() * bands];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.getWidth(), 1, row);
            for (int at = 0; at < row.length; at += bands) {
                int alpha = blend ? row[at + bands - 1] >> shift : 255;
                for (int c = 0; c < 3; c++) {
                    rgb[to++] = onBlack(row[at + Math.min(c, colors - 1)] >> shift, alpha);
                }
            }
        }
    }

    /** Palettes, packed pixels and foreign colour spaces, through the image's own colour model. */
    private static void copyConverted(BufferedImage image, Transparency transparency, byte[] rgb) {
        int[] row = new int[image.getWidth()];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int argb : row) {
                int alpha = transparency == Transparency.BLACK ? argb >>> 24 : 255;
                rgb[to++] = onBlack((argb >> 16) & 0xFF, alpha);
                rgb[to++] = onBlack((argb >> 8) & 0xFF, alpha);
                rgb[to++] = onBlack(argb & 0xFF, alpha);
            }
        }
    }

    /** A colour whose opacity is {@code alpha}, over black. */
    static byte onBlack(int value, int alpha) {
        return (byte) ((value * alpha + 127) / 255);
    }
}
