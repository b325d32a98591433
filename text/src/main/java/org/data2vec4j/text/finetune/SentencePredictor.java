package org.data2vec4j.text.finetune;

import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.text.data.LabelledSamples;
import org.data2vec4j.text.data.SequentialTextLoader;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.train.BatchConverter;

/** Runs a classifier over texts, each once, in order. */
final class SentencePredictor {
    private final ClassifierModel model;
    private final BatchConverter inputs;
    private final DType products;
    private final Device device;

    SentencePredictor(ClassifierModel model, BatchConverter inputs, DType products, Device device) {
        this.model = model;
        this.inputs = inputs;
        this.products = products;
        this.device = device;
    }

    /** The predictions for all texts as the model is now. */
    SentenceScores run(LabelledSamples samples, boolean regression, int batchSize) {
        int count = samples.count();
        int[] classes = new int[regression ? 0 : count];
        double[] numbers = new double[regression ? count : 0];
        boolean training = model.encoder().training();
        model.train(false);
        try {
            int at = 0;
            for (TextBatch batch : new SequentialTextLoader(samples, batchSize, count)) {
                float[] outputs_BC = outputs(batch);
                int width = outputs_BC.length / batch.size();
                for (int i = 0; i < batch.size(); i++, at++) {
                    if (regression) {
                        numbers[at] = outputs_BC[i];
                    } else {
                        classes[at] = largest(outputs_BC, i * width, width);
                    }
                }
            }
        } finally {
            model.train(training);
        }
        return new SentenceScores(classes, numbers);
    }

    private float[] outputs(TextBatch batch) {
        try (Scope scope = Scope.open()) {
            Tensor outputs_BC = Autocast.with(products, () -> model.predict(inputs.convert(batch, device)));
            return outputs_BC.toFloats();
        }
    }

    private static int largest(float[] values, int from, int count) {
        int best = 0;
        for (int c = 1; c < count; c++) {
            best = values[from + c] > values[from + best] ? c : best;
        }
        return best;
    }
}
