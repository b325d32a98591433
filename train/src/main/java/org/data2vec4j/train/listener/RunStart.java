package org.data2vec4j.train.listener;

import java.nio.file.Path;

/**
 * How a run, or a resumed part of it, begins.
 *
 * @param directory the run directory; exists
 * @param firstUpdate updates already done: 0, or the checkpoint's when resumed
 * @param updates updates in the whole run
 */
public record RunStart(Path directory, long firstUpdate, long updates) {}
