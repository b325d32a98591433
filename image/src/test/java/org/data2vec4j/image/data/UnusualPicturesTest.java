package org.data2vec4j.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.IntFunction;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Sample types and colour spaces; the numbers expected are those that Pillow 12.3 gives for the same files. */
class UnusualPicturesTest {
    private static final ImageReading STORED = new ImageReading(false, Transparency.STORED);

    /** A TIFF file of 8×8 pixels that are all alike. */
    private static byte[] tiff(int photometric, int bits, int format, int extra, ByteOrder order, byte[] pixel) {
        int samples = pixel.length * 8 / bits;
        int count = extra < 0 ? 9 : 10;
        int entries = count + 1;
        int after = 8 + 2 + 12 * entries + 4;
        int data = after + 2 * samples * 2;
        ByteBuffer file = ByteBuffer.allocate(data + 64 * pixel.length).order(order);
        file.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        file.putShort((short) 42).putInt(8).putShort((short) entries);
        int[][] tags = {
            {256, 8},
            {257, 8},
            {258, bits},
            {259, 1},
            {262, photometric},
            {273, data},
            {277, samples},
            {278, 8},
            {279, 64 * pixel.length},
            {338, extra},
            {339, format},
        };
        for (int[] tag : tags) {
            if (tag[0] == 338 && extra < 0) {
                continue;
            }
            boolean many = (tag[0] == 258 || tag[0] == 339) && samples > 2;
            boolean wide = tag[0] == 273 || tag[0] == 279;
            int n = tag[0] == 258 || tag[0] == 339 ? samples : 1;
            file.putShort((short) tag[0]).putShort((short) (wide ? 4 : 3)).putInt(n);
            if (many) {
                file.putInt(after + (tag[0] == 258 ? 0 : 2 * samples));
            } else if (wide) {
                file.putInt(tag[1]);
            } else {
                file.putShort((short) tag[1]).putShort((short) (n == 2 ? tag[1] : 0));
            }
        }
        file.putInt(0);
        file.position(after);
        for (int i = 0; i < samples; i++) {
            file.putShort((short) bits);
        }
        for (int i = 0; i < samples; i++) {
            file.putShort((short) format);
        }
        file.position(data);
        for (int i = 0; i < 64; i++) {
            file.put(pixel);
        }
        return file.array();
    }

    private static byte[] numbers(ByteOrder order, int width, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(width * values.length).order(order);
        for (double value : values) {
            switch (width) {
                case 1 -> bytes.put((byte) (int) value);
                case 2 -> bytes.putShort((short) (int) value);
                default -> bytes.putInt((int) (long) value);
            }
        }
        return bytes.array();
    }

    private static byte[] floats(ByteOrder order, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static int[] pixel(byte[] file) throws IOException {
        RgbImage image = ImageDecoder.decode(file, STORED);
        IntFunction<Integer> at = i -> image.rgb()[i] & 0xFF;
        return new int[] {at.apply(0), at.apply(1), at.apply(2)};
    }

    @Test
    void tiffOfAllSampleTypes() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            assertThat(pixel(tiff(1, 32, 3, -1, order, floats(order, 81.7f)))).containsExactly(81, 81, 81);
            assertThat(pixel(tiff(2, 32, 3, -1, order, floats(order, 200, 30.5f, 0))))
                    .containsExactly(200, 30, 0);
            assertThat(pixel(tiff(1, 32, 1, -1, order, numbers(order, 4, 81)))).containsExactly(81, 81, 81);
            assertThat(pixel(tiff(1, 32, 2, -1, order, numbers(order, 4, 81)))).containsExactly(81, 81, 81);
            assertThat(pixel(tiff(1, 16, 2, -1, order, numbers(order, 2, 81)))).containsExactly(81, 81, 81);
            assertThat(pixel(tiff(2, 16, 1, -1, order, numbers(order, 2, 51371, 7814, 7845))))
                    .containsExactly(200, 30, 30);
            assertThat(pixel(tiff(1, 16, 1, -1, order, numbers(order, 2, 20817))))
                    .containsExactly(81, 81, 81);
        }
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        assertThat(pixel(tiff(0, 8, 1, -1, order, numbers(order, 1, 81)))).containsExactly(174, 174, 174);
        assertThat(pixel(tiff(5, 8, 1, -1, order, numbers(order, 1, 55, 225, 225, 0))))
                .containsExactly(200, 30, 30);
        assertThat(pixel(tiff(5, 16, 1, -1, order, numbers(order, 2, 14135, 57825, 57825, 0))))
                .containsExactly(200, 30, 30);
        int[] lab = pixel(tiff(8, 8, 1, -1, order, numbers(order, 1, 112, 64, 47)));
        assertThat(lab[0]).isEqualTo(200);
        assertThat(lab[1]).isBetween(28, 29);
        assertThat(lab[2]).isEqualTo(30);
    }

    @Test
    void samplesWithoutAMeaningAreRefused() {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        refused("samples are from 0.5 to 0.5", tiff(1, 32, 3, -1, order, floats(order, 0.5f)));
        refused("samples are from", tiff(1, 32, 3, -1, order, floats(order, 65_535)));
        refused("samples are from", tiff(1, 32, 3, -1, order, floats(order, Float.NaN)));
        refused("samples are from", tiff(1, 32, 3, -1, order, floats(order, -1)));
        refused("samples are from", tiff(1, 32, 1, -1, order, numbers(order, 4, 81_000_000)));
        refused("16-bit floats", tiff(1, 16, 3, -1, order, numbers(order, 2, 0x5555)));
        refused("L*a*b*", tiff(9, 8, 1, -1, order, numbers(order, 1, 112, 64, 47)));
    }

    private static void refused(String reason, byte[] file) {
        assertThatThrownBy(() -> ImageDecoder.decode(file, STORED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void anExtraSampleIsTransparencyOnlyWhereItIsSaidToBe() throws IOException {
        byte[] pixel = {(byte) 200, 30, 30, 0};
        byte[] unspecified = tiff(2, 8, 1, 0, ByteOrder.LITTLE_ENDIAN, pixel);
        byte[] alpha = tiff(2, 8, 1, 2, ByteOrder.LITTLE_ENDIAN, pixel);
        assertThat(ImageDecoder.decode(unspecified, false).rgb()).startsWith((byte) 200, (byte) 30, (byte) 30);
        assertThat(ImageDecoder.decode(alpha, false).rgb()).startsWith((byte) 0, (byte) 0, (byte) 0);
        assertThat(pixel(alpha)).containsExactly(200, 30, 30);
    }

    @Test
    void transparentPixelsKeepTheirColourWhereAsked() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00FF8040);
        byte[] png = TestImages.encode(image, "png");
        assertThat(pixel(png)).containsExactly(255, 128, 64);
        assertThat(ImageDecoder.decode(png, false).rgb()).startsWith((byte) 0, (byte) 0, (byte) 0);
        byte[] webp = Base64.getDecoder().decode(LOSSY_WITH_ALPHA);
        assertThat(ImageDecoder.decode(webp, false).rgb()).startsWith((byte) 0, (byte) 0, (byte) 0);
        assertThat(pixel(webp)).containsExactly(LOSSY_WITH_ALPHA_FIRST);
    }

    @Test
    void inksOfJpegFiles() throws IOException {
        assertThat(pixel(Base64.getDecoder().decode(CMYK_JPEG))).containsExactly(CMYK_JPEG_FIRST);
    }

    @Test
    void formatsOfFfmpegHaveTheColoursOfTheirOwnLibraries() throws IOException {
        assertThat(hash(LOSSY_WEBP)).isEqualTo(LOSSY_WEBP_HASH);
        assertThat(hash(JPEG_2000)).isEqualTo(JPEG_2000_HASH);
        assertThat(pixel("P6 2 1 255\n\u0001\u0002\u0003\u0004\u0005\u0006".getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly(1, 2, 3);
        assertThat(pixel("P2\n1 1\n255\n81\n".getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly(81, 81, 81);
        int[] avif = pixel(Base64.getDecoder().decode(AVIF));
        for (int c = 0; c < 3; c++) {
            assertThat(avif[c]).isBetween(AVIF_FIRST[c] - 2, AVIF_FIRST[c] + 2);
        }
    }

    private static int hash(String base64) throws IOException {
        return Arrays.hashCode(
                ImageDecoder.decode(Base64.getDecoder().decode(base64), STORED).rgb());
    }

    @Test
    void whatIsCutOffIsRefused() throws IOException {
        for (String file : new String[] {LOSSY_WEBP, LOSSY_WITH_ALPHA, LOSSLESS_WEBP, JPEG_2000, AVIF}) {
            byte[] whole = Base64.getDecoder().decode(file);
            for (int length : new int[] {whole.length - 1, whole.length * 2 / 3}) {
                refused("cut off", Arrays.copyOf(whole, length));
            }
        }
        byte[] png = TestImages.png(40, 30, 2);
        refused("the PNG file is cut off", Arrays.copyOf(png, png.length - 6));
        refused("", "P6 20 10 255\nabc".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void orientationInEveryFormatThatCarriesIt() throws IOException {
        BufferedImage image = new BufferedImage(12, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xFF0000);
        byte[] exif = tiffHeader(6);
        byte[] png = TestImages.encode(image, "png");
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(png, 0, 33);
        turned.writeBytes(chunk("eXIf", exif));
        turned.write(png, 33, png.length - 33);
        upright(turned.toByteArray());
        byte[] tiff = TestImages.encode(image, "tiff");
        upright(withOrientation(tiff, 6));
        byte[] webp = Base64.getDecoder().decode(LOSSLESS_WEBP);
        byte[] extended = webpWithExif(webp, exif);
        int width = ImageDecoder.decode(webp, false).width();
        assertThat(ImageDecoder.decode(extended, false).width()).isEqualTo(width);
        assertThat(ImageDecoder.decode(extended, true).height()).isEqualTo(width);
    }

    private static void upright(byte[] file) throws IOException {
        assertThat(ImageDecoder.decode(file, false).width()).isEqualTo(12);
        RgbImage upright = ImageDecoder.decode(file, true);
        assertThat(upright.width()).isEqualTo(8);
        assertThat(upright.rgb()[3 * 7] & 0xFF).isEqualTo(255); // the left top corner is now at the right
    }

    private static byte[] tiffHeader(int orientation) {
        return new byte[] {
            'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte) orientation, 0, 0, 0, 0, 0, 0, 0
        };
    }

    private static byte[] chunk(String name, byte[] body) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + body.length);
        byte[] named = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(named);
        sum.update(body);
        return chunk.putInt(body.length)
                .put(named)
                .put(body)
                .putInt((int) sum.getValue())
                .array();
    }

    /** Appends a directory that is the first one's with the orientation set. */
    private static byte[] withOrientation(byte[] tiff, int orientation) {
        ByteBuffer old = ByteBuffer.wrap(tiff);
        old.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = old.getInt(4);
        int entries = old.getShort(directory);
        ByteBuffer file =
                ByteBuffer.allocate(tiff.length + 2 + 12 * (entries + 1) + 4).order(old.order());
        file.put(tiff).putInt(4, tiff.length).putShort((short) (entries + 1));
        boolean written = false;
        for (int i = 0; i < entries; i++) {
            int at = directory + 2 + 12 * i;
            if ((old.getShort(at) & 0xFFFF) == 274) {
                continue;
            }
            if (!written && (old.getShort(at) & 0xFFFF) > 274) {
                file.putShort((short) 274)
                        .putShort((short) 3)
                        .putInt(1)
                        .putShort((short) orientation)
                        .putShort((short) 0);
                written = true;
            }
            file.put(tiff, at, 12);
        }
        if (!written) {
            file.putShort((short) 274)
                    .putShort((short) 3)
                    .putInt(1)
                    .putShort((short) orientation)
                    .putShort((short) 0);
        }
        int count = (file.position() - tiff.length - 2) / 12;
        return file.putInt(0).putShort(tiff.length, (short) count).array();
    }

    private static byte[] webpWithExif(byte[] webp, byte[] exif) throws IOException {
        RgbImage size = ImageDecoder.decode(webp, false);
        int body = webp.length - 12;
        ByteBuffer file = ByteBuffer.allocate(12 + 18 + body + 8 + exif.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
        file.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(0x08);
        file.putShort((short) (size.width() - 1)).put((byte) 0);
        file.putShort((short) (size.height() - 1)).put((byte) 0);
        file.put(webp, 12, body)
                .put("EXIF".getBytes(StandardCharsets.US_ASCII))
                .putInt(exif.length)
                .put(exif);
        return file.array();
    }

    @Test
    void everyPictureThatJavaMakesDecodes() throws IOException {
        for (String format : ImageIO.getWriterFormatNames()) {
            BufferedImage image = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_BINARY);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (ImageIO.write(image, format, out)) {
                assertThat(ImageDecoder.decode(out.toByteArray(), true).width())
                        .as(format)
                        .isEqualTo(9);
            }
        }
    }

    private static final String LOSSY_WEBP = ""
            + "UklGRngAAABXRUJQVlA4IGwAAADQAgCdASoNAAsAAkA4JbACdDBGf2S/TMEYG6HepwAAAP740IIC4aKbmZmU9sGK/u6uOuvmclym"
            + "ytoghe/+GvyEWuP9e2JZvkPbDXj7C/O4RkfsDLbqnKtssGRTtAVY8fThym0fqKZtbaUAAAA=";

    private static final int LOSSY_WEBP_HASH = -2053745980;

    private static final String LOSSY_WITH_ALPHA = ""
            + "UklGRsIAAABXRUJQVlA4WAoAAAAQAAAADAAACgAAQUxQSDAAAAABuYzof0BB2zbSahI7/lj/QxAxAWrTNmAmO+WSGkAw/xrBRtqW"
            + "DHPzMxA0iD9hSwBWUDggbAAAALACAJ0BKg0ACwACQDglsAJ0MEZ/ZL9MwRPHgqxsAAD++Cya+GNnISnaHoEQOkXnJOwO8Nq3nQBI"
            + "hf0vXt/8NfkItdP9e2Ja/03yNNx9hfncIrzzDNrMjlW2WDIp2gKsePpw5TaP1FM2ttKAAA==";

    private static final int[] LOSSY_WITH_ALPHA_FIRST = {222, 197, 0};

    private static final String LOSSLESS_WEBP = ""
            + "UklGRjwCAABXRUJQVlA4TDACAAAvDIACAHfkNrZtVXnuuGtITEz/4xRA7K7vfbc2IEe2rao69+Du7jojB/IkGYJg6O7Ol2v7OhEA"
            + "QE12One3xsf4Hn8gUr0R5z7cZf7j4fgxEYhUjD4evwwkRIEcWYrANyPDGzAPVSnTXsAK2Z4B8fn4aSIBAMF4/xgSTbAM9v3oYkP0"
            + "JS9SmKAeG2Ct6F0RNHxyjUBwHu4o9Alox3fhnyzKKcJIVqBs1vICZnI65nmiaKgIB7ZkRQRDtS9GQM5UTH81YNg9UHOA+McCih2A"
            + "9YCqD8ZfleCNDsQ63p+Kl0LSAS3nCATz1ZX+UifgeV4WQ5q0N3kKpBCY/zcBpOp9MO4r/R4R95IczlLPC3ieBIzAzFPye/eEJ7p+"
            + "FHaHvTHyD2DLCD8J8HcTCV1uoFzfpAYadw/E7wmtQFkMa8pe8frIXnN54CJOZe5Tnty7yA9voZbqc4C9AT227c4Z8V6oyBdi76o4"
            + "020fKB1pH0QY2J55tv8D0ZoHp27yIZn4otVbgAlPSFj8x7Lsg5r9F6VDRfyVTcM3KP40G800zwJADACAQJNt27Zt27at2Tbvj+h/"
            + "AMA3xeXuiCeQKF/fgaDr0mp74Aulqpc3CPSqut7sRWKZRqtDIrCXtca/XKH+YzJIBDwac+v8+HxmnV9QyEQU7P7x6/vpdDan06g4"
            + "+N3D74/1bLpwuT1sDjcRj500xxOH3eb1+ZOp43qr29MbLJFwIJ3NV9r9oclojoaCmVyh3BmMAA==";

    private static final String JPEG_2000 = ""
            + "AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAABAAAAAUAAwcHAAAAAAAPY29scgEAAAAA"
            + "ABAAAAEVanAyY/9P/1EALwAAAAAABQAAAAQAAAAAAAAAAAAAAAUAAAAEAAAAAAAAAAAAAwcBAQcBAQcBAf9SAAwAAAABAAIEBAAB"
            + "/1wACkBASEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS40/5AACgAAAAAAlwAB/5PPtAwFGB/PtAwE"
            + "ra/D5wYJnn/D6gKPtA4/ACAG7wqpDQBpwPkAz8AOD6gIBgWipAXvw+oCj7QOD6gIAH8A4AcEH8PqBIPnCwHyBA4cTPMMk4dggAwp"
            + "gZ/D6gSPtB4faCgBaCOPD6FXfMtirQ81w0Q3x9oJH2g8PtBQDr2goQuQzHiDfj8P+UG2f//Z";

    private static final int JPEG_2000_HASH = -621924469;

    private static final String AVIF = ""
            + "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAA"
            + "AAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAKwAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEA"
            + "AGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAACAAAAAgAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwA"
            + "AAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAAM21kYXQSAAoIGAi/aICGg0IyHRIH9/apAIIIPkAA"
            + "AP9cCJ4a+cx+lqyyzsv0jBig";

    private static final int[] AVIF_FIRST = {198, 31, 32};

    private static final String CMYK_JPEG = ""
            + "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoK"
            + "CgYICwwLCgwJCgoK/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIB"
            + "AwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZH"
            + "SElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV"
            + "1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9IK/Hevx3r9/K/9k=";

    private static final int[] CMYK_JPEG_FIRST = {200, 30, 30};
}
