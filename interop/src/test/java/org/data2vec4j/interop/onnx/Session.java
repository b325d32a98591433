package org.data2vec4j.interop.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.DType;

/** A model in ONNX Runtime. */
final class Session implements AutoCloseable {
    private final OrtSession session;

    Session(Path file) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
    }

    Map<String, String> metadata() throws OrtException {
        return session.getMetadata().getCustomMetadata();
    }

    OrtSession session() {
        return session;
    }

    /** An output's values and sizes. */
    @SuppressWarnings("ArrayRecordComponent") // looked at once
    record Output(float[] values, long[] shape) {}

    /** All outputs of floats, and {@code frames}, for a batch of ours. */
    Map<String, Output> run(Input input) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new HashMap<>();
        long[] shape = input.source().shape();
        boolean tokens = input.source().type() == DType.I64;
        inputs.put(
                tokens ? "tokens" : shape.length == 4 ? "pixels" : "waveform",
                tokens
                        ? OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(input.source().toLongs()), shape)
                        : OnnxTensor.createTensor(
                                environment, FloatBuffer.wrap(input.source().toFloats()), shape));
        if (shape.length == 2) {
            long[] lengths = new long[(int) shape[0]];
            Arrays.fill(lengths, shape[1]);
            int[] known = input.lengths();
            if (known != null) {
                Arrays.setAll(lengths, i -> known[i]);
            }
            inputs.put("lengths", OnnxTensor.createTensor(environment, lengths));
        }
        try (OrtSession.Result result = session.run(inputs)) {
            Map<String, Output> outputs = new HashMap<>();
            result.forEach(entry -> {
                OnnxTensor tensor = (OnnxTensor) entry.getValue();
                outputs.put(
                        entry.getKey(),
                        new Output(floats(tensor), tensor.getInfo().getShape()));
            });
            return outputs;
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static float[] floats(OnnxTensor tensor) {
        FloatBuffer buffer = tensor.getFloatBuffer();
        if (buffer == null) {
            LongBuffer longs = tensor.getLongBuffer();
            float[] values = new float[longs.remaining()];
            for (int i = 0; i < values.length; i++) {
                values[i] = longs.get(i);
            }
            return values;
        }
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
