package org.data2vec4j.cli.bench;

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
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.tensor.DType;

/** An encoder's file in ONNX Runtime, with one batch. */
final class OnnxSession implements AutoCloseable {
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();

    OnnxSession(Path file, Input input, int threads) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            session = environment.createSession(file.toString(), options);
        }
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

    /** Whether ONNX Runtime is on the class path. */
    static boolean available() {
        try {
            Class.forName("ai.onnxruntime.OrtEnvironment", false, OnnxSession.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The features of the batch. */
    float[] features() throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            FloatBuffer buffer = ((OnnxTensor) result.get("features").orElseThrow()).getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        }
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        session.close();
    }
}
