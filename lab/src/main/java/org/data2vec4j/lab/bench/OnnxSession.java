package org.data2vec4j.lab.bench;

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
import org.data2vec4j.interop.onnx.OnnxExport;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.DType;

/** An encoder's file in ONNX Runtime, with one batch. Nothing else here knows its classes, which may be absent. */
final class OnnxSession implements AutoCloseable {
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();

    OnnxSession(Path file, Input input, int threads) {
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(threads);
                session = environment.createSession(file.toString(), options);
            }
            feed(environment, input);
        } catch (OrtException e) {
            throw refused(e);
        }
    }

    private void feed(OrtEnvironment environment, Input input) throws OrtException {
        long[] shape = input.source().shape();
        if (input.source().type() == DType.I64) {
            inputs.put(
                    "tokens",
                    OnnxTensor.createTensor(
                            environment, LongBuffer.wrap(input.source().toLongs()), shape));
        } else {
            inputs.put(
                    shape.length == 4 ? "pixels" : "waveform",
                    OnnxTensor.createTensor(
                            environment, FloatBuffer.wrap(input.source().toFloats()), shape));
        }
        if (shape.length == 2) {
            long[] lengths = new long[(int) shape[0]];
            Arrays.fill(lengths, shape[1]);
            inputs.put(OnnxExport.LENGTHS, OnnxTensor.createTensor(environment, lengths));
        }
    }

    private static IllegalStateException refused(OrtException e) {
        return new IllegalStateException("ONNX Runtime refuses the model: " + e.getMessage(), e);
    }

    /** The features of the batch. */
    float[] features() {
        try (OrtSession.Result result = session.run(inputs)) {
            FloatBuffer buffer = ((OnnxTensor) result.get("features").orElseThrow()).getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        } catch (OrtException e) {
            throw refused(e);
        }
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw refused(e);
        }
    }
}
