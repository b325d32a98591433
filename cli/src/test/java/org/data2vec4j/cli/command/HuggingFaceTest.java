package org.data2vec4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.cli.D2v;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.data2vec4j.train.data.InputReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of Hugging Face's in and out; the recorded ones were written by transformers 5.18. */
class HuggingFaceTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int d2v(Object... words) {
        String[] texts = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            texts[i] = words[i].toString();
        }
        return D2v.run(texts, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private void works(Object... words) {
        assertThat(d2v(words)).as(out + "" + err).isZero();
    }

    private static Path recorded(String name) throws URISyntaxException {
        return Path.of(HuggingFaceTest.class.getResource("/huggingface/" + name).toURI());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vision", "audio", "text"})
    void aFolderBecomesARunWithTheRecordedHiddenStatesAndLogits(String name) throws Exception {
        Path model = recorded(name);
        works("import", model, "--output", folder.resolve("run"), "--expect", model.resolve("expected.safetensors"));
        assertThat(out.toString())
                .contains(
                        " 0 unexpected, 0 misshapen",
                        "ok      last_hidden_state",
                        "ok      logits",
                        "the features are the recorded ones");
        assertThat(d2v("import", model, "--output", folder.resolve("run"))).isEqualTo(1);
        assertThat(err.toString()).contains("is a run directory already");
    }

    /** Encoders of pictures of every kind; made by peers/folders.py. */
    @ParameterizedTest
    @CsvSource({
        "vision-placeless,ok      logits",
        "vision-absolute,ok      logits",
        "vision-both-biases,ok      pooler_output",
        "beit-masked,ok      last_hidden_state",
        "vit,ok      logits",
        "vit-mae,ok      last_hidden_state"
    })
    void encodersOfPicturesGiveWhatTransformersRecorded(String name, String line) throws Exception {
        Path model = recorded(name);
        works("import", model, "--output", folder.resolve("run"), "--expect", model.resolve("expected.safetensors"));
        assertThat(out.toString())
                .contains(" 0 unexpected, 0 misshapen", line, "the features are the recorded ones")
                .doesNotContain("DIFFERS", "missing: encoder");
    }

    /** The learned norm of the mean over patches, computed here of what transformers recorded. */
    @Test
    void aVectorIsWhatTheModelPools() throws Exception {
        Path model = recorded("vision");
        works("import", model, "--output", folder.resolve("run"));
        try (SafeTensorsFile expected = SafeTensorsFile.open(model.resolve("expected.safetensors"));
                SafeTensorsFile weights = SafeTensorsFile.open(model.resolve("model.safetensors"));
                Data2Vec ours = Data2Vec.load(folder.resolve("run"));
                Scope scope = Scope.open()) {
            Tensor pixels = SafeTensors.read(expected, "pixel_values");
            int count = (int) pixels.size(0);
            float[][] vectors = ours.vectors(new ImageBatch(
                    new long[count], new int[count], 3, 32, 32, pixels.toFloats(), LoaderPosition.START, 0));
            float[] hidden = SafeTensors.read(expected, "last_hidden_state").toFloats();
            float[] gain = SafeTensors.read(weights, "data2vec_vision.pooler.layernorm.weight")
                    .toFloats();
            float[] shift = SafeTensors.read(weights, "data2vec_vision.pooler.layernorm.bias")
                    .toFloats();
            int width = gain.length;
            int tokens = hidden.length / count / width;
            for (int i = 0; i < count; i++) {
                double[] mean = new double[width];
                for (int t = 1; t < tokens; t++) {
                    for (int d = 0; d < width; d++) {
                        mean[d] += hidden[(i * tokens + t) * width + d] / (tokens - 1.0);
                    }
                }
                double centre = Arrays.stream(mean).average().orElseThrow();
                double deviation = Math.sqrt(Arrays.stream(mean)
                                .map(x -> (x - centre) * (x - centre))
                                .average()
                                .orElseThrow()
                        + 1e-12);
                for (int d = 0; d < width; d++) {
                    assertThat((double) vectors[i][d])
                            .isCloseTo((mean[d] - centre) / deviation * gain[d] + shift[d], within(1e-4));
                }
            }
        }
    }

    /** As transformers 5 writes it; what the older file says then has no part. */
    @Test
    void aProcessorOfSeveralPartsSaysHowRecordingsArePrepared() throws Exception {
        Path model = copy(recorded("audio"));
        Files.writeString(model.resolve("preprocessor_config.json"), "{\"do_normalize\": true}");
        Files.writeString(
                model.resolve("processor_config.json"),
                "{\"processor_class\": \"Wav2Vec2Processor\", \"feature_extractor\": {\"do_normalize\": false}}");
        works("import", model, "--output", folder.resolve("run"));
        assertThat(folder.resolve("run/config.yaml")).content().contains(" normalize: false");
    }

    /** (x − mean) / √(variance + 1e-7), which matters in a recording as quiet as this one. */
    @Test
    void quietRecordingsAreNormalisedAsTransformersDoes() throws Exception {
        works("import", recorded("audio"), "--output", folder.resolve("run"));
        float[] signal = new float[4_000];
        double squares = 0;
        for (int i = 0; i < signal.length; i++) {
            signal[i] = i % 2 == 0 ? 1e-3f : -1e-3f;
            squares += (double) signal[i] * signal[i];
        }
        try (Data2Vec ours = Data2Vec.load(folder.resolve("run"))) {
            InputReader reader = ours.modality().readers(ours.run().context()).get();
            reader.add(signal, 16_000);
            float[] prepared = ((AudioBatch) reader.take().get(0)).samples();
            assertThat((double) prepared[0])
                    .isCloseTo(1e-3 / Math.sqrt(squares / signal.length + 1e-7), within(1e-5))
                    .isCloseTo(0.953, within(1e-3));
        }
        works("export", "run=" + folder.resolve("run"), "--output", folder.resolve("again"));
        assertThat(folder.resolve("again/preprocessor_config.json")).content().doesNotContain("normalize_epsilon");
    }

    @Test
    void theTokenizerSaysWhichTokenIsTheMask() throws Exception {
        Path model = copy(recorded("text"));
        Files.writeString(model.resolve("special_tokens_map.json"), "{\"mask_token\": {\"content\": \"[M]\"}}");
        Files.writeString(model.resolve("added_tokens.json"), "{\"<mask>\": 8, \"[M]\": 17}");
        works("import", model, "--output", folder.resolve("run"));
        assertThat(folder.resolve("run/config.yaml")).content().contains("token: 17");
    }

    /** Two rows are added, and the sum of two halves need not be one. */
    @Test
    void halfPrecisionIsConvertedBeforeAnythingIsAdded() throws Exception {
        Path model = copy(recorded("text"));
        float[] expected;
        try (Scope scope = Scope.open();
                SafeTensorsFile file = SafeTensorsFile.open(recorded("text").resolve("model.safetensors"))) {
            Map<String, Tensor> halves = new TreeMap<>();
            for (String name : file.names()) {
                halves.put(name, SafeTensors.read(file, name).to(DType.F16));
            }
            String embeddings = "data2vec_text.embeddings.";
            expected = halves.get(embeddings + "position_embeddings.weight")
                    .to(DType.F32)
                    .toFloats();
            float[] type = halves.get(embeddings + "token_type_embeddings.weight")
                    .to(DType.F32)
                    .toFloats();
            for (int i = 0; i < expected.length; i++) {
                expected[i] += type[i % type.length];
            }
            Files.delete(model.resolve("model.safetensors"));
            SafeTensors.write(model.resolve("model.safetensors"), Map.of("format", "pt"), halves);
        }
        works("import", model, "--output", folder.resolve("run"));
        byte[] places = encoder(folder.resolve("run"), "student").get("encoder.local.places.weight");
        float[] ours = new float[expected.length];
        ByteBuffer.wrap(places).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(ours);
        assertThat(ours).containsExactly(expected);
    }

    @Test
    void otherWeightsAreADifference() throws Exception {
        Path model = copy(recorded("text"));
        Path weights = model.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 2] ^= 0x40; // a weight of the last layer
        Files.write(weights, bytes);
        int code = d2v(
                "import",
                model,
                "--output",
                folder.resolve("run"),
                "--expect",
                recorded("text").resolve("expected.safetensors"));
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).contains("DIFFER");
    }

    /** Ours, theirs, ours again, theirs again: nothing but the recipe may change on the way. */
    @ParameterizedTest
    @ValueSource(strings = {"vision", "audio", "text"})
    void outAndInAgainIsExactToTheBit(String name) throws Exception {
        works("import", recorded(name), "--output", folder.resolve("run"));
        outAndIn(folder.resolve("run"), "student");
    }

    @ParameterizedTest
    @CsvSource({
        "image-v1-tiny,student,model.block.width=32 model.depth=2 data2vec1.targets.layers=2 model.bias.per_block=true data=synthetic:8",
        "image-v1-tiny,teacher,model.block.width=32 model.depth=2 data2vec1.targets.layers=2 model.bias.per_block=false data=synthetic:8",
        "audio-v1-tiny,student,model.block.width=32 model.depth=2 data2vec1.targets.layers=2 data=synthetic:8",
        "text-v1-tiny,student,model.block.width=32 model.depth=2 data2vec1.targets.layers=2 text.vocabulary=300 data=synthetic:64",
        "wav2vec2-tiny,encoder,model.block.width=32 model.depth=2 data=synthetic:8"
    })
    void aRunTrainedHereComesBackExactly(String recipe, String weights, String settings) throws Exception {
        Path run = folder.resolve("run");
        Object[] words = ("pretrain recipe=" + recipe + " run=" + run
                        + " train.updates=2 train.batch=4 device=cpu precision=fp32 checkpoint.every_updates=2 "
                        + settings)
                .split(" ", -1);
        works(words);
        outAndIn(run, weights);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vision-placeless", "vision-absolute", "vit"})
    void encodersOfPicturesComeBack(String name) throws Exception {
        works("import", recorded(name), "--output", folder.resolve("run"));
        outAndIn(folder.resolve("run"), "encoder");
    }

    /** The whole model: positions, which are computed here and stored there, and the decoder. */
    @Test
    void aMaskedAutoencoderIsWrittenWhole() throws Exception {
        Path run = folder.resolve("run");
        works((Object[])
                ("pretrain recipe=mae-tiny run=" + run + " train.updates=1 train.batch=2 device=cpu precision=fp32"
                                + " data=synthetic:4 model.block.width=32 model.depth=2 mae.decoder.width=16 mae.decoder.depth=1")
                        .split(" ", -1));
        works("export", "run=" + run, "--output", folder.resolve("out"));
        works("import", folder.resolve("out"), "--output", folder.resolve("again"));
        assertThat(folder.resolve("out/config.json")).content().contains("\"ViTMAEForPreTraining\"");
        assertThat(out.toString()).contains(" 0 missing, 0 unexpected, 0 misshapen");
        float[] pixels = new float[3 * 32 * 32];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) Math.sin(0.1 * i * i);
        }
        ImageBatch batch = new ImageBatch(new long[1], new int[1], 3, 32, 32, pixels, LoaderPosition.START, 0);
        try (Data2Vec ours = Data2Vec.load(run);
                Data2Vec back = Data2Vec.load(folder.resolve("again"))) {
            assertThat(back.vectors(batch)[0]).containsExactly(ours.vectors(batch)[0], Offset.offset(1e-5f));
        }
    }

    private void outAndIn(Path run, String weights) throws Exception {
        Path first = folder.resolve("first");
        Path again = folder.resolve("again");
        Path second = folder.resolve("second");
        works("export", "run=" + run, "weights=" + weights, "--output", first);
        works("import", first, "--output", again);
        works("export", "run=" + again, "--output", second);
        Map<String, byte[]> ours = encoder(run, weights.equals("teacher") ? "teacher" : "student");
        Map<String, byte[]> back = encoder(again, "student");
        String type = Files.readString(first.resolve("config.json"));
        if (type.contains("data2vec-vision") || type.contains("beit")) {
            ours.replaceAll(HuggingFaceTest::withoutKeys); // theirs have no bias of keys, which changes nothing
        }
        if (weights.equals("teacher")) { // which has no vector for masked places: the student's goes with it
            back.remove("mask.embedding");
        }
        assertThat(back.keySet()).containsExactlyElementsOf(ours.keySet());
        ours.forEach((name, bytes) -> assertThat(back.get(name)).as(name).isEqualTo(bytes));
        assertThat(second.resolve("config.json")).hasSameTextualContentAs(first.resolve("config.json"));
        assertThat(second.resolve("model.safetensors")).hasSameBinaryContentAs(first.resolve("model.safetensors"));
    }

    private static byte[] withoutKeys(String name, byte[] values) {
        if (name.endsWith("attn.qkv.bias")) {
            Arrays.fill(values, values.length / 3, values.length / 3 * 2, (byte) 0);
        }
        return values;
    }

    private static Map<String, byte[]> encoder(Path run, String set) throws Exception {
        Map<String, byte[]> values = new TreeMap<>();
        try (var checkpoints = Files.list(run.resolve("checkpoints"))) {
            Path newest = checkpoints.sorted().reduce((a, b) -> b).orElseThrow();
            try (SafeTensorsFile file = SafeTensorsFile.open(newest.resolve(set + ".safetensors"))) {
                for (String name : file.names()) {
                    if (name.startsWith("encoder.") || name.equals("mask.embedding")) {
                        ByteBuffer data = file.entry(name).data();
                        byte[] bytes = new byte[data.remaining()];
                        data.get(bytes);
                        values.put(name, bytes);
                    }
                }
            }
        }
        return values;
    }

    @Test
    void whatHasNoCounterpartIsNamed() {
        Path run = folder.resolve("run");
        works("pretrain", "recipe=image-tiny", "run=" + run, "train.updates=1", "train.batch=2", "data=synthetic:4");
        assertThat(d2v("export", "run=" + run, "--output", folder.resolve("out")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("model.prenet is 2").hasLineCount(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hidden_size\": 32|\"hidden_size\": 1073741824|does not hold the encoder",
                "\"hidden_size\": 32|\"hidden_size\": 64|does not hold the encoder",
                "\"hidden_size\": 32|\"hidden_size\": \"wide\"|hidden_size is \"wide\"; allowed: a whole number",
                "\"num_hidden_layers\": 2|\"num_hidden_layers\": 3|encoder.main.blocks.2.norm1.weight is missing",
                "\"num_hidden_layers\": 2|\"num_hidden_layers\": 2000000000|depth is 2000000000",
                "\"model_type\": \"data2vec-text\"|\"model_type\": \"gpt2\"|model_type is \"gpt2\"; allowed: beit, data2vec-audio",
                "\"hidden_act\": \"gelu\"|\"hidden_act\": \"relu\"|hidden_act is \"relu\"; allowed: \"gelu\"",
                "\"pad_token_id\": 1|\"pad_token_id\": 7|pad_token_id is 7; allowed: 1",
                "{|[|is not readable JSON",
            })
    void settingsThatDoNotFitAreRefused(String from, String to, String message) throws Exception {
        Path model = copy(recorded("text"));
        Path config = model.resolve("config.json");
        String text = Files.readString(config);
        assertThat(text).contains(from);
        Files.writeString(config, text.replaceFirst(Pattern.quote(from), to));
        refused(model, message);
    }

    @Test
    void indexesStayInTheirFolder() throws Exception {
        Path model = copy(recorded("text"));
        Files.move(model.resolve("model.safetensors"), folder.resolve("outside.safetensors"));
        for (String place :
                new String[] {"../outside.safetensors", "/etc/passwd", "a/../../outside.safetensors", ".."}) {
            Files.writeString(
                    model.resolve("model.safetensors.index.json"),
                    "{\"weight_map\": {\"classifier.dense.bias\": \"" + place + "\"}}");
            refused(model, "the file of classifier.dense.bias is '" + place + "'");
        }
        Files.writeString(model.resolve("model.safetensors.index.json"), "{\"weight_map\": 3}");
        refused(model, "has no object 'weight_map'");
    }

    @Test
    void weightsInSeveralFilesAreRead() throws Exception {
        Path model = copy(recorded("text"));
        Files.move(model.resolve("model.safetensors"), model.resolve("model-00001-of-00001.safetensors"));
        StringBuilder index = new StringBuilder();
        try (SafeTensorsFile file = SafeTensorsFile.open(model.resolve("model-00001-of-00001.safetensors"))) {
            for (String name : file.names()) {
                index.append(index.isEmpty() ? "" : ",")
                        .append("\"" + name + "\": \"model-00001-of-00001.safetensors\"");
            }
        }
        Files.writeString(model.resolve("model.safetensors.index.json"), "{\"weight_map\": {" + index + "}}");
        works(
                "import",
                model,
                "--output",
                folder.resolve("run"),
                "--expect",
                recorded("text").resolve("expected.safetensors"));
    }

    @Test
    void filesThatLieAboutTheirSizeAreRefused() throws Exception {
        Path model = copy(recorded("text"));
        Path weights = model.resolve("model.safetensors");
        byte[] header = new byte[16];
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(Long.MAX_VALUE);
        Files.write(weights, header);
        refused(model, "the header's length");
        Files.delete(weights);
        refused(model, "has no weights; allowed: model.safetensors");
        Files.writeString(model.resolve("pytorch_model.bin"), "cos\nsystem\n(S'true'\ntR.");
        refused(model, "pytorch_model.bin");
        Files.delete(model.resolve("config.json"));
        refused(model, "config.json does not exist");
    }

    private void refused(Path model, String message) {
        err.getBuffer().setLength(0);
        assertThat(d2v("import", model, "--output", folder.resolve("refused"))).isEqualTo(1);
        assertThat(err.toString()).contains(message).hasLineCount(1);
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    private Path copy(Path model) throws Exception {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        for (String name : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(model.resolve(name), copy.resolve(name));
        }
        return copy;
    }
}
