package org.data2vec4j.image.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.data2vec4j.core.Rng;

/** Pictures and files for tests. */
final class TestImages {
    private TestImages() {}

    /** Noise: every pixel matters. */
    static RgbImage noise(int width, int height, long seed) {
        byte[] rgb = new byte[3 * width * height];
        Rng rng = Rng.of(seed);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) rng.nextInt(256);
        }
        return new RgbImage(width, height, rgb);
    }

    static BufferedImage buffered(RgbImage image, int type) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), type);
        for (int i = 0; i < image.width() * image.height(); i++) {
            byte[] rgb = image.rgb();
            int argb = (0xFF << 24)
                    | ((rgb[3 * i] & 0xFF) << 16)
                    | ((rgb[3 * i + 1] & 0xFF) << 8)
                    | (rgb[3 * i + 2] & 0xFF);
            buffered.setRGB(i % image.width(), i / image.width(), argb);
        }
        return buffered;
    }

    static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer for " + format);
        }
        return out.toByteArray();
    }

    static byte[] png(int width, int height, long seed) throws IOException {
        return encode(buffered(noise(width, height, seed), BufferedImage.TYPE_INT_RGB), "png");
    }

    static byte[] jpeg(int width, int height, long seed) throws IOException {
        return encode(buffered(noise(width, height, seed), BufferedImage.TYPE_INT_RGB), "jpg");
    }

    static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** A source in memory, labelled by index modulo three. */
    static ImageSource source(List<RgbImage> images) {
        return new ImageSource() {
            @Override
            public int size() {
                return images.size();
            }

            @Override
            public List<String> classes() {
                return List.of("a", "b", "c");
            }

            @Override
            public int label(int index) {
                return index % 3;
            }

            @Override
            public String name(int index) {
                return "memory!" + index;
            }

            @Override
            public RgbImage read(int index) throws IOException {
                return images.get(index);
            }

            @Override
            public String fingerprint() {
                return "";
            }

            @Override
            public void close() {}
        };
    }
}
