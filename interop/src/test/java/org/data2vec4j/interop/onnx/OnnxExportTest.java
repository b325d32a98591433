package org.data2vec4j.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.model.AudioConfig.ExtractorNorm;
import org.data2vec4j.audio.recognition.CtcConfig;
import org.data2vec4j.audio.recognition.CtcModel;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig.Alibi;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.task.FreezeConfig;
import org.data2vec4j.model.task.TokenMaskConfig;
import org.data2vec4j.model.task.classify.ClassifierConfig;
import org.data2vec4j.model.task.classify.ClassifierHeadConfig;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.model.TextPositions;
import org.data2vec4j.train.data.Modality;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime computes what we compute, of every structure that an encoder can have. */
class OnnxExportTest {
    private static final float TOLERANCE = 1e-4f;
    private static final PositionsConfig NOWHERE = new PositionsConfig.None();
    private static final AttentionBiasConfig UNBIASED = new AttentionBiasConfig.None();

    @TempDir
    Path folder;

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static EncoderConfig config(
            int prenet,
            int extra,
            NormPlacement norm,
            double scale,
            PositionsConfig positions,
            AttentionBiasConfig bias) {
        return new EncoderConfig(prenet, 2, extra, Models.block(norm, scale), positions, bias, 0, 0);
    }

    static Stream<Arguments> imageEncoders() {
        return Stream.of(
                Arguments.of(ImagePositions.SIN_COS, config(1, 1, NormPlacement.POST, 0, NOWHERE, UNBIASED)),
                Arguments.of(ImagePositions.SIN_COS, config(0, 0, NormPlacement.PRE, 0, NOWHERE, UNBIASED)),
                Arguments.of(ImagePositions.SIN_COS, config(2, 3, NormPlacement.PRE_FAIRSEQ, 1, NOWHERE, UNBIASED)),
                Arguments.of(
                        ImagePositions.NONE,
                        config(0, 1, NormPlacement.PRE, 0.1, NOWHERE, new AttentionBiasConfig.Relative(1, false))),
                Arguments.of(
                        ImagePositions.NONE,
                        config(1, 2, NormPlacement.PRE, 0.1, NOWHERE, new AttentionBiasConfig.Relative(3, true))),
                Arguments.of(
                        ImagePositions.NONE,
                        config(0, 0, NormPlacement.POST, 0, NOWHERE, new AttentionBiasConfig.Relative(2, true))));
    }

    @ParameterizedTest
    @MethodSource("imageEncoders")
    void picturesOfAnyGridAndNumber(ImagePositions positions, EncoderConfig config) throws Exception {
        ImageModality modality = Models.images(positions);
        encoderIsTheSame(
                modality, config, List.of(Models.images(2, 8, 8), Models.images(1, 8, 12), Models.images(3, 20, 12)));
    }

    @ParameterizedTest
    @EnumSource(OutputPooling.class)
    void vectorsArePooledAsTheModelSays(OutputPooling pooling) throws Exception {
        EncoderConfig config = new EncoderConfig(
                0,
                2,
                1,
                Models.block(NormPlacement.PRE, 0),
                NOWHERE,
                new AttentionBiasConfig.Relative(2, true),
                0,
                0,
                pooling);
        ImageModality modality = Models.images(ImagePositions.NONE);
        encoderIsTheSame(modality, config, List.of(Models.images(2, 8, 8), Models.images(1, 8, 12)));
    }

    static Stream<Arguments> audioEncoders() {
        PositionsConfig conv = new PositionsConfig.Conv(2, 3, 4, false);
        PositionsConfig even = new PositionsConfig.Conv(1, 4, 2, true);
        PositionsConfig wide = new PositionsConfig.WeightNormConv(8, 4);
        PositionsConfig odd = new PositionsConfig.WeightNormConv(5, 1);
        NormPlacement post = NormPlacement.POST;
        NormPlacement pre = NormPlacement.PRE;
        return Stream.of(
                Arguments.of(ExtractorNorm.LAYER, false, Compat.NONE, config(1, 0, post, 0, conv, UNBIASED)),
                Arguments.of(ExtractorNorm.LAYER, true, Compat.FAIRSEQ, config(0, 1, pre, 0, even, Alibi.defaults())),
                Arguments.of(ExtractorNorm.GROUP, false, Compat.NONE, config(0, 0, post, 0, wide, UNBIASED)),
                Arguments.of(ExtractorNorm.GROUP, true, Compat.FAIRSEQ, config(0, 0, pre, 0, odd, UNBIASED)),
                Arguments.of(ExtractorNorm.GROUP, false, Compat.FAIRSEQ_WAV2VEC, config(0, 2, post, 0, wide, UNBIASED)),
                Arguments.of(
                        ExtractorNorm.LAYER, false, Compat.FAIRSEQ_WAV2VEC, config(2, 0, post, 0, conv, UNBIASED)));
    }

    @ParameterizedTest
    @MethodSource("audioEncoders")
    void recordingsOfAnyLengthPaddedOrNot(ExtractorNorm norm, boolean bias, Compat compat, EncoderConfig config)
            throws Exception {
        encoderIsTheSame(
                Models.recordings(norm, bias, compat),
                config,
                List.of(
                        Models.recordings(90, 41, 66),
                        Models.recordings(60),
                        Models.recordings(75, 75),
                        Models.recordings(9, 201)));
    }

    @ParameterizedTest
    @EnumSource(Alibi.Scale.class)
    void biasesByDistance(Alibi.Scale scale) throws Exception {
        EncoderConfig config = config(1, 2, NormPlacement.POST, 0, NOWHERE, new Alibi(scale, 0.7));
        encoderIsTheSame(
                Models.recordings(ExtractorNorm.LAYER, false, Compat.NONE),
                config,
                List.of(Models.recordings(90, 41, 66), Models.recordings(120)));
    }

    static Stream<Arguments> textEncoders() {
        return Stream.of(
                Arguments.of(TextPositions.LEARNED, config(0, 0, NormPlacement.POST, 0, NOWHERE, UNBIASED)),
                Arguments.of(TextPositions.LEARNED, config(1, 1, NormPlacement.POST, 0, NOWHERE, UNBIASED)),
                Arguments.of(
                        TextPositions.NONE,
                        config(
                                1,
                                0,
                                NormPlacement.PRE,
                                0,
                                new PositionsConfig.Conv(2, 3, 4, false),
                                new Alibi(Alibi.Scale.PER_LAYER, 1))));
    }

    @ParameterizedTest
    @MethodSource("textEncoders")
    void textsOfAnyLengthPaddedOrNot(TextPositions positions, EncoderConfig config) throws Exception {
        encoderIsTheSame(
                Models.texts(positions),
                config,
                List.of(Models.texts(12, 5, 9), Models.texts(24), Models.texts(7, 7), Models.texts(3, 20)));
    }

    private void encoderIsTheSame(Modality modality, EncoderConfig config, List<Input> batches) throws Exception {
        Encoder encoder = Models.placed(modality, config);
        Path file = folder.resolve("model.onnx");
        OnnxExport.features(modality, encoder).write(file);
        try (Session session = new Session(file)) {
            for (Input input : batches) {
                Layout layout = encoder.featureEncoder().layout(input);
                Encoder.Output ours = encoder.forward(input);
                Map<String, Session.Output> theirs = session.run(input);
                int positions = layout.grid().size();
                Session.Output features = theirs.get("features");
                assertThat(features.shape()).containsExactly(layout.samples(), positions, Models.WIDTH);
                for (int i = 0; i < layout.samples(); i++) {
                    int from = i * positions * Models.WIDTH;
                    int count = layout.length(i) * Models.WIDTH; // what padding becomes is of no use
                    near(
                            Arrays.copyOfRange(features.values(), from, from + count),
                            Arrays.copyOfRange(ours.positions().toFloats(), from, from + count));
                }
                near(
                        theirs.get("vector").values(),
                        config.pooling() == OutputPooling.MEAN
                                ? mean(ours, layout)
                                : encoder.pooled(ours, layout).toFloats());
                if (config.extraTokens() > 0) {
                    near(theirs.get("cls").values(), ours.cls().toFloats());
                }
                if (modality instanceof AudioModality) {
                    for (int i = 0; i < layout.samples(); i++) {
                        assertThat(theirs.get("frames").values()[i]).isEqualTo(layout.length(i));
                    }
                }
                assertThat(theirs)
                        .hasSize(2 + (config.extraTokens() > 0 ? 1 : 0) + (modality instanceof AudioModality ? 1 : 0));
            }
        }
    }

    private static float[] mean(Encoder.Output ours, Layout layout) {
        Tensor valid = Padding.input(layout, Device.CPU);
        Tensor x = ours.positions();
        return (valid == null ? x.mean(false, 1) : x.mul(valid).sum(false, 1).div(valid.sum(false, 1))).toFloats();
    }

    private static void near(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as("value %d of %d", i, actual.length)
                    .isFinite()
                    .isCloseTo(expected[i], within(TOLERANCE));
        }
    }

    @Test
    void lettersOfARecogniser() throws Exception {
        AudioModality modality = Models.recordings(ExtractorNorm.GROUP, true, Compat.NONE);
        EncoderConfig config = config(0, 1, NormPlacement.POST, 0, new PositionsConfig.WeightNormConv(4, 2), UNBIASED);
        CtcModel model = new CtcModel(CtcConfig.defaults(), Models.encoder(modality, config), 5, 3, Device.CPU);
        Models.scramble(model.weights());
        model.train(false);
        Path file = folder.resolve("letters.onnx");
        OnnxExport.letters(modality, model, List.of("<blank>", "|", "a", "é", "\""))
                .write(file);
        try (Session session = new Session(file)) {
            assertThat(session.metadata())
                    .containsEntry("letters", "[\"<blank>\",\"|\",\"a\",\"é\",\"\\\"\"]")
                    .containsEntry("blank", "0")
                    .containsEntry("task", "letters")
                    .containsEntry("sample_rate", "16000")
                    .containsEntry("samples_per_frame", "4")
                    .containsEntry("min_samples", "9");
            for (Input input : List.of(Models.recordings(90, 41, 66), Models.recordings(33))) {
                Layout layout = model.encoder().featureEncoder().layout(input);
                Map<String, Session.Output> theirs = session.run(input);
                float[] logs = logs(theirs.get("logits"));
                float[] expected = model.logProbabilities(input).toFloats();
                for (int i = 0; i < layout.samples(); i++) {
                    int from = i * layout.grid().size() * 5;
                    int to = from + layout.length(i) * 5;
                    near(Arrays.copyOfRange(logs, from, to), Arrays.copyOfRange(expected, from, to));
                }
            }
        }
    }

    private static float[] logs(Session.Output logits) {
        return F.logSoftmax(Tensors.of(logits.values(), logits.shape())).toFloats();
    }

    static Stream<Arguments> heads() {
        return Stream.of(
                Arguments.of(new ClassifierHeadConfig.First(0.1), 3, 1),
                Arguments.of(new ClassifierHeadConfig.First(0.1), 1, 0),
                Arguments.of(new ClassifierHeadConfig.Mean(true), 4, 0),
                Arguments.of(new ClassifierHeadConfig.Mean(false), 1, 2));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void classesAndNumbersOfTexts(ClassifierHeadConfig head, int outputs, int extra) throws Exception {
        TextModality modality = Models.texts(TextPositions.LEARNED);
        classesAreTheSame(
                modality,
                config(0, extra, NormPlacement.POST, 0, NOWHERE, UNBIASED),
                head,
                outputs,
                List.of(Models.texts(12, 5, 9), Models.texts(8)));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void classesAndNumbersOfPictures(ClassifierHeadConfig head, int outputs, int extra) throws Exception {
        classesAreTheSame(
                Models.images(ImagePositions.SIN_COS),
                config(1, extra, NormPlacement.POST, 0, NOWHERE, UNBIASED),
                head,
                outputs,
                List.of(Models.images(2, 8, 8), Models.images(1, 12, 8)));
    }

    private void classesAreTheSame(
            Modality modality, EncoderConfig config, ClassifierHeadConfig head, int outputs, List<Input> batches)
            throws Exception {
        ClassifierConfig task = new ClassifierConfig(head, 0, 1, TokenMaskConfig.defaults(), FreezeConfig.defaults());
        ClassifierModel model =
                new ClassifierModel(task, () -> Models.encoder(modality, config), outputs, 3, Device.CPU);
        Models.scramble(model.weights());
        model.train(false);
        Path file = folder.resolve("classes.onnx");
        List<String> classes =
                outputs == 1 ? List.of() : List.of("a", "b", "c", "d").subList(0, outputs);
        OnnxExport.classes(modality, model, head, classes).write(file);
        try (Session session = new Session(file)) {
            assertThat(session.metadata()).containsEntry("task", outputs == 1 ? "number" : "classes");
            for (Input input : batches) {
                Session.Output logits = session.run(input).get("logits");
                assertThat(logits.shape()).containsExactly(input.ids().length, outputs);
                near(
                        outputs == 1 ? logits.values() : logs(logits),
                        model.predict(input).toFloats());
            }
        }
    }

    @Test
    void whatTheFileSaysOfItself() throws Exception {
        ImageModality modality = Models.images(ImagePositions.SIN_COS);
        Encoder encoder = Models.placed(modality, config(0, 1, NormPlacement.POST, 0, NOWHERE, UNBIASED));
        Path file = folder.resolve("model.onnx");
        OnnxExport.features(modality, encoder).with("from", "runs/photos").write(file);
        try (Session session = new Session(file)) {
            assertThat(session.session().getMetadata().getProducerName()).isEqualTo("data2vec4j");
            assertThat(session.metadata())
                    .containsEntry("task", "features")
                    .containsEntry("input", "images")
                    .containsEntry("patch", "4")
                    .containsEntry("mean", "[0.485, 0.456, 0.406]")
                    .containsEntry("from", "runs/photos");
            assertThat(session.session().getInputInfo().keySet()).containsExactly("pixels");
            assertThat(session.session().getInputInfo().get("pixels").getInfo().toString())
                    .contains("shape=[-1, 3, -1, -1]");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** As models are that a single file cannot hold. */
    @Test
    void weightsInAFileOfTheirOwn() throws Exception {
        TextModality modality = Models.texts(TextPositions.LEARNED);
        Encoder encoder = Models.placed(modality, config(0, 0, NormPlacement.POST, 0, NOWHERE, UNBIASED));
        Path file = folder.resolve("large.onnx");
        OnnxExport.features(modality, encoder).write(file, 1000);
        assertThat(folder.resolve("large.onnx.data")).isNotEmptyFile();
        Input input = Models.texts(12, 5);
        try (Session session = new Session(file)) {
            near(
                    session.run(input).get("vector").values(),
                    mean(encoder.forward(input), encoder.featureEncoder().layout(input)));
        }
        OnnxExport.features(modality, encoder).write(file);
        assertThat(folder.resolve("large.onnx.data")).doesNotExist();
    }

    /** A part that the export did not know would give other numbers: it is an error instead. */
    @Test
    void partsWithoutACounterpartAreNamed() {
        TextModality modality = Models.texts(TextPositions.LEARNED);
        Encoder encoder = Models.placed(
                modality, config(0, 0, NormPlacement.POST, 0, new PositionsConfig.Conv(1, 3, 1, false), UNBIASED));
        TextModality placeless = Models.texts(TextPositions.NONE);
        assertThatThrownBy(() -> OnnxExport.features(placeless, encoder).write(folder.resolve("model.onnx")))
                .isInstanceOf(UserException.class)
                .hasMessage("the model's encoder.local.places.weight has no counterpart in the ONNX export");
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> OnnxExport.features(modality, encoder).write(folder.resolve("absent/model.onnx")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("choose another --output");
    }
}
