package org.data2vec4j;

/**
 * How a training run ended. Immutable.
 *
 * @param update how many updates the run has now
 * @param finished whether these are all that its recipe asks for; if not, the same run goes on from its checkpoint
 */
public record TrainingResult(long update, boolean finished) {}
