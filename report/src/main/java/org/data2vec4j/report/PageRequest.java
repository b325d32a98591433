package org.data2vec4j.report;

import java.nio.file.Path;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * The run that a page is about.
 *
 * @param folder the run directory
 * @param config its recipe
 * @param method the method, as trained
 * @param update the checkpoint's
 * @param data the opened training data
 * @param products the type of products
 * @param device where the model is
 */
public record PageRequest(
        Path folder,
        PretrainConfig config,
        PretrainingMethod method,
        long update,
        Dataset data,
        DType products,
        Device device) {}
