package org.data2vec4j.train.data;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.data2vec4j.train.TrainConfig;

/**
 * What a modality may know of the run that it reads data for.
 *
 * @param folder the run directory, where what is made of the data once is kept
 * @param train batch size and threads
 * @param seed of everything random
 * @param messages told what takes time, and what is left out
 */
public record RunContext(Path folder, TrainConfig train, long seed, Consumer<String> messages) {}
