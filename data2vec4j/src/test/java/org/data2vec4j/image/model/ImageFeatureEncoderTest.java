package org.data2vec4j.image.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.SinCosPositions;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InScope.class)
class ImageFeatureEncoderTest {
    @ParameterizedTest
    @CsvSource({"3,8,12,4", "1,6,6,2", "3,4,20,4", "2,15,9,3", "3,5,5,5"})
    void piecesAreThePatchesChannelByChannel(int channels, int height, int width, int patch) {
        ImageFeatureEncoder featureEncoder = new ImageFeatureEncoder(new ImageConfig(patch, channels, patch), 8);
        Tensor images = Tiny.normal(1, 2, channels, height, width);
        float[] pixels = images.toFloats();
        Tensor pieces = featureEncoder.patches(images);
        float[] got = pieces.toFloats();
        int rows = height / patch;
        int columns = width / patch;
        assertThat(Tiny.shape(pieces)).containsExactly(2L, (long) rows * columns, (long) channels * patch * patch);
        assertThat(featureEncoder.patchSize()).isEqualTo(channels * patch * patch);
        int n = 0;
        for (int b = 0; b < 2; b++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    for (int c = 0; c < channels; c++) {
                        for (int y = row * patch; y < (row + 1) * patch; y++) {
                            for (int x = column * patch; x < (column + 1) * patch; x++) {
                                assertThat(got[n++]).isEqualTo(pixels[((b * channels + c) * height + y) * width + x]);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void tokensAreALinearMapOfPiecesPlusPositions() {
        ImageFeatureEncoder featureEncoder = new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH);
        Weights weights = Tiny.placed(featureEncoder);
        float[] weight = weights.parameter("m.proj.weight").value().toFloats();
        float[] bias = weights.parameter("m.proj.bias").value().toFloats();
        for (int[] size : List.of(new int[] {8, 12}, new int[] {12, 8}, new int[] {8, 8}, new int[] {4, 20})) {
            Tensor images = Tiny.normal(size[1], 2, 3, size[0], size[1]);
            Grid grid = featureEncoder.grid(images);
            assertThat(grid).isEqualTo(new Grid(size[0] / 4, size[1] / 4));
            float[] positions = SinCosPositions.table(grid, Tiny.WIDTH);
            float[] pieces = featureEncoder.patches(images).toFloats();
            Input input = new Input(images, new long[2]);
            float[] tokens =
                    featureEncoder.tokens(input, featureEncoder.layout(input)).toFloats();
            int inputs = featureEncoder.patchSize();
            for (int bt = 0; bt < 2 * grid.size(); bt++) {
                for (int d = 0; d < Tiny.WIDTH; d++) {
                    double expected = bias[d] + positions[bt % grid.size() * Tiny.WIDTH + d];
                    for (int i = 0; i < inputs; i++) {
                        expected += (double) pieces[bt * inputs + i] * weight[d * inputs + i];
                    }
                    assertThat((double) tokens[bt * Tiny.WIDTH + d]).isCloseTo(expected, offset(1e-5));
                }
            }
        }
    }

    @Test
    void aStemShowsATokenOnePixelAroundItsPatchAndLeavesPatchesAsTheyAre() {
        ImageFeatureEncoder featureEncoder =
                new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH, ImagePositions.SIN_COS, new ImageStem.Conv(5));
        Weights weights = Tiny.placed(featureEncoder);
        assertThat(weights.parameter("m.stem.weight").shape()).containsExactly(5, 3, 3, 3);
        assertThat(weights.parameter("m.proj.weight").shape()).containsExactly(Tiny.WIDTH, 5, 4, 4);
        Tensor images = Tiny.normal(1, 1, 3, 8, 12);
        Input input = new Input(images, new long[1]);
        float[] before =
                featureEncoder.tokens(input, featureEncoder.layout(input)).toFloats();
        float[] patches = featureEncoder.patches(images).toFloats();
        assertThat(featureEncoder.patchSize()).isEqualTo(3 * 4 * 4);
        assertThat(patches).hasSize(6 * 3 * 4 * 4);
        float[] pixels = images.toFloats();
        pixels[4] += 5; // row 0, column 4: the first pixel of the second patch, next to the first
        pixels[2 * 12 + 9] += 5; // row 2, column 9: inside the third patch
        Input changed = new Input(Tensors.of(pixels, 1, 3, 8, 12), new long[1]);
        float[] after =
                featureEncoder.tokens(changed, featureEncoder.layout(changed)).toFloats();
        for (int t = 0; t < 6; t++) {
            float[] a = Arrays.copyOfRange(before, t * Tiny.WIDTH, (t + 1) * Tiny.WIDTH);
            float[] b = Arrays.copyOfRange(after, t * Tiny.WIDTH, (t + 1) * Tiny.WIDTH);
            assertThat(Arrays.equals(a, b)).as("token %d", t).isEqualTo(t > 2);
        }
    }

    @Test
    void aSizeThatThePatchDoesNotDivideIsRefused() {
        ImageFeatureEncoder featureEncoder = new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH);
        assertThatThrownBy(() -> featureEncoder.grid(Tiny.normal(1, 1, 3, 8, 10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an image of 8×10 pixels does not divide into patches of 4");
        assertThatThrownBy(() -> featureEncoder.patches(Tiny.normal(1, 1, 3, 9, 8)))
                .hasMessageContaining("9×8");
        assertThatThrownBy(() -> new ImageConfig(10, 3, 4))
                .isInstanceOf(UserException.class)
                .hasMessage("patch is 4 but size is 10; the patch must divide the size");
        assertThatThrownBy(() -> new ImageConfig(8, 3, 0)).hasMessageStartingWith("patch is 0");
        assertThatThrownBy(() -> new ImageConfig(8, 0, 4)).hasMessageStartingWith("channels is 0");
        assertThatThrownBy(() -> new ImageConfig(0, 3, 4)).hasMessageStartingWith("height is 0");
    }

    @Test
    void aWidthWithoutPositionsIsRefusedWhenTheModelIsBuilt() {
        assertThatThrownBy(() -> new ImageFeatureEncoder(Tiny.IMAGE, 18))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "positions is sin_cos but model.block.width is 18; sines and cosines of rows and columns need a multiple of 4");
    }
}
