package org.data2vec4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class PictureTest {
    @Test
    void thePngDecodesToTheSamePixels() throws IOException {
        for (int[] size : new int[][] {{1, 1}, {1, 7}, {32, 32}, {5, 3}, {300, 2}}) {
            byte[] rgb = new byte[3 * size[0] * size[1]];
            Rng rng = Rng.of(1, size[0]);
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = (byte) rng.nextInt(256);
            }
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(Png.encode(new Picture(size[0], size[1], rgb))));
            assertThat(image.getWidth()).isEqualTo(size[0]);
            assertThat(image.getHeight()).isEqualTo(size[1]);
            for (int i = 0; i < rgb.length; i++) {
                int pixel = image.getRGB(i / 3 % size[0], i / 3 / size[0]);
                assertThat((byte) (pixel >> (16 - 8 * (i % 3)))).isEqualTo(rgb[i]);
            }
        }
    }

    @Test
    void bytesThatDoNotFillItAreRefused() {
        assertThatThrownBy(() -> new Picture(2, 2, new byte[11]))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("2×2 has 11 bytes; expected 12");
        assertThatThrownBy(() -> new Picture(0, 2, new byte[0])).isInstanceOf(UserException.class);
    }

    @Test
    void masksAreDrawnPatchByPatch() {
        boolean[] mask = {true, false, false, false, false, true};
        MaskFigure figure = new MaskFigure(new Picture(6, 4, new byte[72]), 2, 3, List.of(mask));
        assertThat(MaskSection.render(List.of(figure)))
                .contains("d=\"M0.000 0.000h2.000v2.000h-2.000zM4.000 2.000h2.000v2.000h-2.000z\"", "33% masked");
        assertThatThrownBy(() -> new MaskFigure(figure.image(), 2, 2, List.of(mask)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("6 places; expected 2×2");
    }
}
