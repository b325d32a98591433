package org.data2vec4j.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {
    private static final RgbImage NOISE = TestImages.noise(13, 9, 1);

    @Test
    void losslessFormatsGiveTheSamplesBack() throws IOException {
        for (String format : new String[] {"png", "bmp", "tiff"}) {
            byte[] file = TestImages.encode(TestImages.buffered(NOISE, BufferedImage.TYPE_INT_RGB), format);
            assertThat(ImageDecoder.decode(file, false).rgb()).as(format).isEqualTo(NOISE.rgb());
        }
    }

    @Test
    void greySamplesAreNotBrightened() throws IOException {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
            BufferedImage grey = new BufferedImage(8, 8, type);
            int scale = type == BufferedImage.TYPE_BYTE_GRAY ? 1 : 257;
            for (int i = 0; i < 64; i++) {
                grey.getRaster().setSample(i % 8, i / 8, 0, 4 * i * scale);
            }
            RgbImage image = ImageDecoder.decode(TestImages.encode(grey, "png"), false);
            for (int i = 0; i < 64; i++) {
                assertThat(image.rgb()[3 * i] & 0xFF).isEqualTo(4 * i);
                assertThat(image.rgb()[3 * i + 2] & 0xFF).isEqualTo(4 * i);
            }
        }
    }

    @Test
    void transparencyIsBlack() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00FFFFFF);
        image.setRGB(1, 0, 0x80FF4000);
        byte[] rgb = ImageDecoder.decode(TestImages.encode(image, "png"), false).rgb();
        assertThat(rgb).containsExactly(0, 0, 0, (byte) 128, 32, 0);
    }

    @Test
    void palettesAndSixteenBitsDecode() throws IOException {
        BufferedImage palette = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_INDEXED);
        for (int i = 128; i < 256; i++) {
            palette.setRGB(i % 16, i / 16, 0xFFFF0000);
        }
        for (String format : new String[] {"gif", "png"}) {
            RgbImage image = ImageDecoder.decode(TestImages.encode(palette, format), false);
            assertThat(image.rgb()[3 * 200] & 0xFF).as(format).isEqualTo(255);
            assertThat(image.rgb()[3 * 200 + 1]).isZero();
            assertThat(image.rgb()[0]).isZero();
        }
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), true, false, 3, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(8, 8);
        raster.setPixel(0, 0, new int[] {0xC0FF, 0x40FF, 0x0100, 0xFFFF});
        byte[] png = TestImages.encode(new BufferedImage(model, raster, false, null), "png");
        assertThat(Arrays.copyOf(ImageDecoder.decode(png, false).rgb(), 3)).containsExactly((byte) 0xC0, 0x40, 0x01);
    }

    @Test
    void cmykJpegAndWebpDecode() throws IOException {
        RgbImage cmyk = ImageDecoder.decode(cmykJpeg(), false);
        assertThat(cmyk.width()).isEqualTo(16);
        assertThat(cmyk.rgb()[0] & 0xFF).isLessThan(60); // all ink
        assertThat(cmyk.rgb()[3 * 15] & 0xFF).isGreaterThan(200); // no ink
        byte[] webp = Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
        assertThat(ImageDecoder.decode(webp, false).width()).isEqualTo(1);
    }

    @Test
    void damagedFilesHaveAOneLineReason() throws IOException {
        byte[] jpeg = TestImages.jpeg(40, 30, 2);
        for (int length : new int[] {3, 100, jpeg.length / 2, jpeg.length - 2}) {
            assertThatThrownBy(() -> ImageDecoder.decode(Arrays.copyOf(jpeg, length), true))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the JPEG file is cut off");
        }
        byte[] png = TestImages.png(40, 30, 2);
        byte[] text = "this is a text file".getBytes(StandardCharsets.UTF_8);
        for (byte[] bad : new byte[][] {new byte[0], text, Arrays.copyOf(png, png.length / 2), new byte[100]}) {
            assertThatThrownBy(() -> ImageDecoder.decode(bad, false))
                    .isInstanceOf(IOException.class)
                    .message()
                    .isNotBlank()
                    .doesNotContain("\n");
        }
    }

    @Test
    void everyExifOrientationTurnsTheStoredPixelsUpright() throws IOException {
        RgbImage stored = new RgbImage(2, 1, new byte[] {1, 1, 1, 2, 2, 2});
        int[][] upright = {{1, 2}, {2, 1}, {2, 1}, {1, 2}, {1, 2}, {1, 2}, {2, 1}, {2, 1}};
        for (int value = 1; value <= 8; value++) {
            RgbImage turned = Orientation.apply(stored, value);
            assertThat(turned.width()).isEqualTo(value < 5 ? 2 : 1);
            assertThat(turned.rgb()[0]).as("orientation %d", value).isEqualTo((byte) upright[value - 1][0]);
        }
        RgbImage tall = new RgbImage(1, 2, new byte[] {1, 1, 1, 2, 2, 2});
        assertThat(Orientation.apply(tall, 6).rgb()[0]).isEqualTo((byte) 2); // turned a quarter clockwise
        assertThat(Orientation.apply(tall, 8).rgb()[0]).isEqualTo((byte) 1);
        assertThat(Orientation.apply(tall, 4).rgb()[0]).isEqualTo((byte) 2);
    }

    @Test
    void exifIsFollowedOnlyWhenAsked() throws IOException {
        byte[] plain = TestImages.jpeg(24, 16, 3);
        for (boolean bigEndian : new boolean[] {false, true}) {
            byte[] turned = withExif(plain, 6, bigEndian);
            assertThat(ImageDecoder.decode(turned, false).width()).isEqualTo(24);
            RgbImage upright = ImageDecoder.decode(turned, true);
            assertThat(upright.width()).isEqualTo(16);
            assertThat(upright.rgb())
                    .isEqualTo(Orientation.apply(ImageDecoder.decode(plain, false), 6)
                            .rgb());
        }
        assertThat(JpegScan.of(withExif(plain, 77, true)).orientation()).isEqualTo(1);
        assertThat(JpegScan.of(plain).complete()).isTrue();
        int brightness = ImageDecoder.decode(plain, false).rgb()[0] & 0xFF;
        assertThat(brightness).isCloseTo(TestImages.noise(24, 16, 3).rgb()[0] & 0xFF, within(120));
    }

    private static byte[] withExif(byte[] jpeg, int orientation, boolean bigEndian) {
        int[] little = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0};
        int[] big = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0};
        int[] tiff = bigEndian ? big : little;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (8 + tiff.length), 'E', 'x', 'i', 'f', 0, 0});
        for (int b : tiff) {
            out.write(b);
        }
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** All ink on the left, none on the right; inverted and marked so, as Adobe's programs write CMYK. */
    private static byte[] cmykJpeg() throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int i = 0; i < 256; i++) {
            int ink = i % 16 < 8 ? 0 : 255;
            raster.setPixel(i % 16, i / 16, new int[] {ink, ink, ink, ink});
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(new IIOImage(raster, null, null));
        } finally {
            writer.dispose();
        }
        byte[] adobe = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        byte[] plain = out.toByteArray();
        out.reset();
        out.write(plain, 0, 2);
        out.writeBytes(adobe);
        out.write(plain, 2, plain.length - 2);
        return out.toByteArray();
    }
}
