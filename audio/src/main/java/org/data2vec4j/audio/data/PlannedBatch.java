package org.data2vec4j.audio.data;

import java.util.List;
import org.data2vec4j.data.LoaderPosition;

/**
 * A batch before it is read: its samples in order, their epoch, the most samples of each, the recordings known to be unusable that
 * are counted with it, and where the next begins.
 */
record PlannedBatch(List<Integer> samples, int epoch, int crop, List<Integer> unusable, LoaderPosition next) {}
