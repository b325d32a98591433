package org.data2vec4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.ImageDataset;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.SyntheticImages;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.Evaluator;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TinyRun;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.loop.PretrainSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainSessionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"student", "teacher", "optimiser"})
    void aDamagedCheckpointLeavesTheModelAsItWas(String set) throws IOException {
        TinyRun tiny = new TinyRun(folder);
        tiny.runFor(2);
        Path file = tiny.checkpoint(2).resolve(set + ".safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));
        assertRefusedUnchanged(tiny, file.toString(), "delete the folder " + tiny.checkpoint(2));
    }

    @Test
    void aCheckpointOfAnotherModelLeavesTheModelAsItWas() {
        new TinyRun(folder).runFor(2);
        TinyRun wider = new TinyRun(folder).width(32);
        assertRefusedUnchanged(
                wider,
                wider.checkpoint(2).resolve("student.safetensors").toString(),
                "is of another architecture",
                "Use the recipe it was made with");
    }

    private static void assertRefusedUnchanged(TinyRun tiny, String... parts) {
        try (PretrainSession training = new PretrainSession(tiny.config())) {
            float[] before = training.method().weights().values().toFloats();
            assertThatThrownBy(() -> training.run(
                            new ImageDataset(
                                    new SyntheticImages(TinyRun.PICTURES, 16, 5),
                                    ImageModality.of(16, 4)
                                            .loading(tiny.config().train(), 1)),
                            "test",
                            Evaluator.NONE,
                            new TrainListener() {},
                            () -> false,
                            warning -> {}))
                    .isInstanceOf(UserException.class)
                    .hasMessageContainingAll(parts)
                    .hasMessageNotContaining("\n");
            assertThat(training.method().weights().values().toFloats()).containsExactly(before);
            assertThat(((Data2Vec2) training.method())
                            .teacher()
                            .weights()
                            .values()
                            .toFloats())
                    .containsExactly(Arrays.copyOf(before, (int) ((Data2Vec2) training.method())
                            .teacher()
                            .weights()
                            .values()
                            .numel()));
        }
    }

    /** A method that fails when half of its model is there. */
    private record Impossible() implements MethodConfig {
        @Override
        public String title() {
            return "impossible";
        }

        @Override
        public MaskStrategy mask() {
            return new RandomMask(0.5);
        }

        @Override
        public void checkFits(EncoderConfig encoder) {}

        @Override
        public PretrainingMethod build(
                EncoderConfig encoder, Supplier<? extends FeatureEncoder> featureEncoder, long seed, Device device) {
            assertThat(featureEncoder.get()).isNotNull();
            throw new UserException("impossible");
        }
    }

    @Test
    void aRecipeThatCannotBeBuiltLeavesNothingOpen() {
        new TinyRun(folder.resolve("first")).runFor(1);
        PretrainConfig tiny = new TinyRun(folder).config();
        PretrainConfig impossible = new PretrainConfig(
                tiny.seed(),
                tiny.precision(),
                tiny.device(),
                tiny.data(),
                tiny.run(),
                tiny.modality(),
                tiny.model(),
                new Impossible(),
                tiny.optimizer(),
                tiny.schedule(),
                tiny.train(),
                tiny.checkpoint(),
                tiny.guard(),
                tiny.evaluate());
        long before = Native.livePointers();
        try (Scope scope = Scope.open()) {
            assertThatThrownBy(() -> new PretrainSession(impossible)).isInstanceOf(UserException.class);
            Tensors.of(new float[] {1}, 1); // in this scope, not in one left open by the constructor
        }
        assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
        assertThat(Files.exists(folder.resolve("checkpoints"))).isFalse();
    }

    @Test
    void aResumedRunKeepsThePrecisionThatWasChosen() {
        new TinyRun(folder).precision(Precision.BF16).runFor(1);
        try (PretrainSession training = new PretrainSession(
                new TinyRun(folder).precision(Precision.AUTO).config())) {
            assertThat(training.precision()).isEqualTo(Precision.BF16);
            assertThat(training.resume().state().update()).isEqualTo(1);
        }
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        ImageModality usual = ImageModality.defaults();
        assertThatThrownBy(() -> new ImageModality(
                        ImageSize.square(16), 1, 4, usual.augmentation(), usual.normalization(), false))
                .isInstanceOf(UserException.class)
                .hasMessage("channels is 1; pictures are read in 3 colours");
        assertThatThrownBy(() -> ImageModality.of(16, 16))
                .isInstanceOf(UserException.class)
                .hasMessage("patch is 16, the whole image; a single patch leaves nothing to predict");
        ImageModality placeless = new ImageModality(
                ImageSize.square(16), 3, 4, usual.augmentation(), usual.normalization(), false, ImagePositions.NONE);
        assertThatThrownBy(() -> new TinyRun(folder).image(placeless).config())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "modality.positions is none and so are model.positions and model.bias: nothing tells");
        assertThatThrownBy(() -> new TinyRun(folder).updates(0).config()).hasMessageStartingWith("updates is 0");
        assertThatThrownBy(() -> new TinyRun(folder).batch(0, 1).config()).hasMessageStartingWith("batch is 0");
        assertThatThrownBy(() -> new TinyRun(folder).batch(1, 0).config()).hasMessageStartingWith("accumulate is 0");
        assertThatThrownBy(() -> new TinyRun(folder).clip(-1).config()).hasMessageStartingWith("clip is -1");
    }
}
