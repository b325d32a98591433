package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.audio.recognition.CtcModel;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.TokenizerJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code d2v export … --output FILE.onnx}, used with no more than the file says of itself. */
class OnnxRunTest {
    @TempDir
    Path folder;

    private static void works(Outcome outcome) {
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    private Path exported(Path run, String... more) {
        Path file = folder.resolve(run.getFileName() + ".onnx");
        works(TinyRuns.d2v(
                Stream.concat(Stream.of("export", "run=" + run, "--output", file.toString()), Arrays.stream(more))
                        .toArray(String[]::new)));
        return file;
    }

    private record Answer(Map<String, float[]> outputs, Map<String, String> metadata) {}

    private static Answer ask(Path file, Map<String, Object> inputs, long... shape) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> tensors = new HashMap<>();
        for (Map.Entry<String, Object> input : inputs.entrySet()) {
            tensors.put(
                    input.getKey(),
                    input.getValue() instanceof float[] floats
                            ? OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape)
                            : OnnxTensor.createTensor(
                                    environment,
                                    LongBuffer.wrap((long[]) input.getValue()),
                                    input.getKey().equals("lengths") ? new long[] {shape[0]} : shape));
        }
        Map<String, float[]> outputs = new HashMap<>();
        try (OrtSession session = environment.createSession(file.toString(), new OrtSession.SessionOptions());
                OrtSession.Result result = session.run(tensors)) {
            result.forEach(entry -> {
                FloatBuffer buffer = ((OnnxTensor) entry.getValue()).getFloatBuffer();
                if (buffer != null) { // frames are whole numbers
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(entry.getKey(), values);
                }
            });
            return new Answer(outputs, session.getMetadata().getCustomMetadata());
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static BufferedImage image(byte[] rgb) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(
                    i % 16, i / 16, (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF));
        }
        return image;
    }

    private static void near(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isFinite().isCloseTo(expected[i], within(1e-4f));
        }
    }

    @Test
    void aPictureHasTheVectorThatJavaGets() throws Exception {
        Path run = folder.resolve("photos");
        works(TinyRuns.pretrain(run, "train.updates=2"));
        Path file = exported(run, "weights=teacher");
        byte[] rgb = new byte[16 * 16 * 3];
        float[] pixels = new float[rgb.length];
        double[] mean = {0.4914, 0.4822, 0.4465};
        double[] deviation = {0.247, 0.2435, 0.2616};
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 37);
            int colour = i % 3;
            pixels[colour * 256 + i / 3] = (float) (((rgb[i] & 0xFF) / 255.0 - mean[colour]) / deviation[colour]);
        }
        Answer answer = ask(file, Map.of("pixels", pixels), 1, 3, 16, 16);
        assertThat(answer.metadata())
                .containsEntry("mean", Arrays.toString(mean))
                .containsEntry("std", Arrays.toString(deviation))
                .containsEntry("size", "16");
        assertThat(answer.metadata().get("from")).contains("teacher of", "at update 2");
        try (Data2Vec model = Data2Vec.load(run, Options.weights(WeightsChoice.TEACHER))) {
            near(answer.outputs().get("vector"), model.embed(image(rgb)));
        }
    }

    @Test
    void aTextHasTheVectorThatJavaGetsAndItsClassesTheirScores() throws Exception {
        Path run = folder.resolve("books");
        works(TinyTexts.pretrain(run, "train.updates=2", "text.length=32"));
        Path file = exported(run);
        BpeTokenizer words = TokenizerJson.read(folder.resolve("books.tokenizer.json"));
        int[] inner = words.encode("the ship on the sea");
        long[] tokens = new long[inner.length + 2];
        for (int i = 0; i < inner.length; i++) {
            tokens[i + 1] = inner[i];
        }
        tokens[tokens.length - 1] = 2;
        Map<String, Object> inputs = Map.of("tokens", tokens, "lengths", new long[] {tokens.length});
        Answer answer = ask(file, inputs, 1, tokens.length);
        assertThat(answer.metadata())
                .containsEntry("tokenizer", "books.tokenizer.json")
                .containsEntry("begin", "0")
                .containsEntry("end", "2");
        try (Data2Vec model = Data2Vec.load(run)) {
            near(answer.outputs().get("vector"), model.embed("the ship on the sea"));
        }
        Path tuned = folder.resolve("topics");
        works(TinyRuns.d2v(
                "finetune",
                "recipe=text-tiny-sst2",
                "from=" + run,
                "run=" + tuned,
                "data=synthetic:40",
                "precision=fp32",
                "device=cpu",
                "sentences.length=32",
                "train.updates=2",
                "train.batch=8"));
        Answer classes = ask(exported(tuned), inputs, 1, tokens.length);
        assertThat(classes.metadata().get("classes")).startsWith("[\"sea\",\"kitchen\",");
        assertThat(folder.resolve("topics.tokenizer.json"))
                .hasSameTextualContentAs(folder.resolve("books.tokenizer.json"));
        try (LoadedFineTuning model = LoadedFineTuning.open(tuned);
                Scope scope = Scope.open()) {
            Input input = new Input(Tensors.of(tokens, 1, tokens.length), new long[1]);
            float[] logs = ((ClassifierModel) model.model()).predict(input).toFloats();
            near(logSoftmax(classes.outputs().get("logits"), 6), logs);
        }
    }

    private static float[] logSoftmax(float[] logits, int width) {
        float[] logs = new float[logits.length];
        for (int row = 0; row < logits.length; row += width) {
            double sum = 0;
            for (int i = row; i < row + width; i++) {
                sum += Math.exp(logits[i]);
            }
            for (int i = row; i < row + width; i++) {
                logs[i] = (float) (logits[i] - Math.log(sum));
            }
        }
        return logs;
    }

    @Test
    void aRecordingHasTheVectorThatJavaGetsAndItsLettersTheirScores() throws Exception {
        Path run = folder.resolve("speech");
        works(TinySpeech.pretrain(run, "train.batch=4"));
        float[] samples = new float[8000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) Math.sin(i * 0.05 + 3e-6 * i * i);
        }
        double mean = 0;
        double squares = 0;
        for (float sample : samples) {
            mean += sample / samples.length;
            squares += sample * sample / samples.length;
        }
        float[] waveform = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            waveform[i] = (float) ((samples[i] - mean) / Math.sqrt(squares - mean * mean + 1e-5));
        }
        Map<String, Object> inputs = Map.of("waveform", waveform, "lengths", new long[] {samples.length});
        Answer answer = ask(exported(run), inputs, 1, samples.length);
        assertThat(answer.metadata()).containsEntry("normalize", "true").containsEntry("samples_per_frame", "320");
        try (Data2Vec model = Data2Vec.load(run)) {
            near(answer.outputs().get("vector"), model.embed(samples));
        }
        Path tuned = folder.resolve("recognition");
        works(TinyRuns.d2v(
                "finetune",
                "recipe=audio-tiny-ctc",
                "from=" + run,
                "run=" + tuned,
                "data=synthetic:8",
                "precision=fp32",
                "device=cpu",
                "train.updates=2",
                "train.batch=4"));
        Answer letters = ask(exported(tuned), inputs, 1, samples.length);
        assertThat(letters.metadata().get("letters")).startsWith("[\"<blank>\",");
        try (LoadedFineTuning model = LoadedFineTuning.open(tuned);
                Scope scope = Scope.open()) {
            Input input = new Input(Tensors.of(waveform, 1, samples.length), new long[1]);
            float[] logs = ((CtcModel) model.model()).logProbabilities(input).toFloats();
            near(logSoftmax(letters.outputs().get("logits"), model.outputs().size()), logs);
        }
        Outcome wrong = TinyRuns.d2v("export", "run=" + tuned, "weights=teacher", "--output", "x.onnx");
        assertThat(wrong.err()).contains("has one model; leave weights out").hasLineCount(1);
        Outcome folders = TinyRuns.d2v("export", "run=" + tuned, "--output", folder.resolve("hf") + "");
        assertThat(folders.err())
                .contains("was fine-tuned; Hugging Face's form")
                .hasLineCount(1);
    }

    @Test
    void aFormatMayBeNamed() {
        Path run = folder.resolve("photos");
        works(TinyRuns.pretrain(run, "train.updates=1"));
        Path file = folder.resolve("model.bin");
        works(TinyRuns.d2v("export", "run=" + run, "--format", "onnx", "--output", file.toString()));
        assertThat(file).isNotEmptyFile();
        Outcome other = TinyRuns.d2v("export", "run=" + run, "--format", "tflite", "--output", file.toString());
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("onnx, huggingface");
        assertThat(Files.exists(folder.resolve("model.bin.data"))).isFalse();
    }
}
