package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.Rng;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.train.data.Modality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Python makes of our files; skipped, and said to be, where it is not there. */
class PythonLoaderTest {
    private static final Path LOADER =
            Path.of("..", "docs", "load_data2vec4j.py").toAbsolutePath();

    @TempDir
    Path folder;

    private static int python(Path output, String... words) throws Exception {
        String[] command = new String[words.length + 1];
        command[0] = "python3";
        System.arraycopy(words, 0, command, 1, words.length);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.start().waitFor();
    }

    private void needs(String... modules) throws Exception {
        for (String module : modules) {
            boolean there;
            try {
                there = python(folder.resolve("import.txt"), "-c", "import " + module) == 0;
            } catch (IOException e) {
                there = false; // no Python at all
            }
            assumeTrue(there, "skipped: Python with " + module + " is not on this machine");
        }
    }

    private static void works(Outcome outcome) {
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    private Path imported(String name) throws Exception {
        Path run = folder.resolve("run");
        Path model = Path.of(
                PythonLoaderTest.class.getResource("/huggingface/" + name).toURI());
        works(TinyRuns.d2v("import", model.toString(), "--output", run.toString()));
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"vision", "audio", "text"})
    void encodersThatCameFromElsewhere(String name) throws Exception {
        needs("numpy");
        featuresAreTheSame(imported(name));
    }

    @ParameterizedTest
    @CsvSource({
        "image-tiny,image.size=16 model.depth=2 model.block.width=16 model.block.heads=2 data2vec2.targets.layers=2"
                + " data2vec2.decoder.width=16 data2vec2.decoder.layers=1",
        "audio-tiny,model.depth=2 model.block.width=48 model.block.heads=3 model.positions.groups=4"
                + " data2vec2.targets.layers=2 data2vec2.decoder.width=16 data2vec2.decoder.layers=1"
                + " data2vec2.decoder.groups=4",
        "text-tiny,model.depth=2 model.block.width=16 model.block.heads=2 text.length=16 text.vocabulary=300"
                + " data2vec2.targets.layers=2 data2vec2.decoder.width=16 data2vec2.decoder.layers=1",
        "wav2vec2-tiny,model.depth=2 model.block.width=32",
        "image-v1-tiny,model.depth=2 model.block.width=32 data2vec1.targets.layers=2 model.bias.per_block=true"
    })
    void encodersTrainedHere(String recipe, String settings) throws Exception {
        needs("numpy");
        Path run = folder.resolve("run");
        works(TinyRuns.d2v(
                ("pretrain recipe=" + recipe + " run=" + run + " data=synthetic:8 train.updates=2 train.batch=4"
                                + " device=cpu precision=fp32 train.threads=1 checkpoint.every_updates=2 " + settings)
                        .split(" ", -1)));
        featuresAreTheSame(run);
    }

    private void featuresAreTheSame(Path run) throws Exception {
        Path file = folder.resolve("encoder.safetensors");
        works(TinyRuns.d2v("export", "run=" + run, "--output", file.toString()));
        try (LoadedPretraining trained = LoadedPretraining.open(run);
                Scope scope = Scope.open()) {
            Modality modality = trained.config().modality();
            Path input = folder.resolve("input.npy");
            Input ours = input(modality, input);
            var encoder =
                    trained.encoders(WeightsChoice.ALL).values().iterator().next();
            encoder.train(false);
            float[] expected = encoder.forward(ours).positions().toFloats();
            Path output = folder.resolve("output.npy");
            Path said = folder.resolve("said.txt");
            int code = python(said, LOADER.toString(), file.toString(), input.toString(), output.toString());
            assertThat(code).as(Files.readString(said)).isZero();
            ByteBuffer values = npy(output);
            assertThat(values.remaining()).isEqualTo(4 * expected.length);
            for (float value : expected) {
                assertThat(values.getFloat()).isFinite().isCloseTo(value, within(1e-4f));
            }
        }
    }

    /** One input, in Python's file and as ours. */
    private static Input input(Modality modality, Path file) throws IOException {
        Rng rng = Rng.of(4);
        if (modality instanceof TextModality) {
            long[] tokens = {0, 5, 9, 7, 20, 33, 2};
            ByteBuffer bytes = ByteBuffer.allocate(8 * tokens.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(tokens);
            npy(file, "<i8", bytes, tokens.length);
            return new Input(Tensors.of(tokens, 1, tokens.length), new long[1]);
        }
        boolean image = modality instanceof ImageModality;
        int size = modality instanceof ImageModality pictures ? pictures.size().width() : 0;
        int[] shape = image ? new int[] {3, size, size + ((ImageModality) modality).patch()} : new int[] {4000};
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        npy(file, "<f4", bytes, shape);
        long[] batch = new long[shape.length + 1];
        batch[0] = 1;
        Arrays.setAll(batch, i -> i == 0 ? 1 : shape[i - 1]);
        return new Input(Tensors.of(values, batch), new long[1]);
    }

    private static void npy(Path file, String type, ByteBuffer values, int... shape) throws IOException {
        String sizes = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", ", "(", ",)"));
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + sizes + "}";
        byte[] head = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocate(10 + head.length + values.limit()).order(ByteOrder.LITTLE_ENDIAN);
        all.put((byte) 0x93)
                .put("NUMPY\1\0".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) head.length);
        Files.write(file, all.put(head).put(values.rewind()).array());
    }

    private static ByteBuffer npy(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.position(10 + bytes.getShort(8));
    }

    /** Runs only where transformers is installed; then our folders must give our features. */
    @ParameterizedTest
    @ValueSource(strings = {"vision", "audio"})
    void transformersGivesOurFeaturesOfAnExportedFolder(String name) throws Exception {
        needs("numpy", "torch", "transformers");
        Path run = imported(name);
        Path exported = folder.resolve("exported");
        works(TinyRuns.d2v("export", "run=" + run, "--output", exported.toString()));
        try (LoadedPretraining trained = LoadedPretraining.open(run);
                Scope scope = Scope.open()) {
            Modality modality = trained.config().modality();
            Path input = folder.resolve("input.npy");
            int size = modality instanceof ImageModality image ? image.size().width() : 0;
            Input ours = modality instanceof ImageModality ? square(input, size) : input(modality, input);
            var encoder =
                    trained.encoders(WeightsChoice.ALL).values().iterator().next();
            encoder.train(false);
            float[] expected = encoder.forward(ours).positions().toFloats();
            Path output = folder.resolve("output.npy");
            Path said = folder.resolve("said.txt");
            int code = python(
                    said,
                    "-c",
                    "import sys, numpy, torch, transformers\n"
                            + "model = transformers.AutoModel.from_pretrained(sys.argv[1]).eval()\n"
                            + "x = torch.from_numpy(numpy.load(sys.argv[2]))[None]\n"
                            + "y = model(x).last_hidden_state[0].detach().numpy()\n"
                            + "numpy.save(sys.argv[3], y[-" + expected.length + " // y.shape[1]:])\n",
                    exported.toString(),
                    input.toString(),
                    output.toString());
            assertThat(code).as(Files.readString(said)).isZero();
            ByteBuffer values = npy(output);
            assertThat(values.remaining()).isEqualTo(4 * expected.length);
            for (float value : expected) {
                assertThat(values.getFloat()).isFinite().isCloseTo(value, within(1e-3f));
            }
        }
    }

    private static Input square(Path file, int size) throws IOException {
        float[] values = new float[3 * size * size];
        Rng rng = Rng.of(6);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        npy(file, "<f4", bytes, 3, size, size);
        return new Input(Tensors.of(values, 1, 3, size, size), new long[1]);
    }

    @Test
    void theConfigurationIsInTheFile() throws Exception {
        Path run = imported("text");
        Path file = folder.resolve("encoder.safetensors");
        works(TinyRuns.d2v("export", "run=" + run, "--output", file.toString()));
        try (var read = SafeTensorsFile.open(file)) {
            assertThat(read.metadata()).containsEntry("format", "data2vec4j").containsEntry("weights", "student");
            var config = tools.jackson.databind.json.JsonMapper.shared()
                    .readTree(read.metadata().get("config"));
            assertThat(config.at("/model/block/width").asInt()).isEqualTo(32);
            assertThat(config.at("/model/block/norm").asString()).isEqualTo("post");
            assertThat(config.at("/text/norm_epsilon").asDouble()).isBetween(1e-13, 1e-4);
            assertThat(config.at("/model/positions/kind").asString()).isEqualTo("none");
        }
    }
}
