/**
 * Data2vec4j on a Spark cluster: {@link org.data2vec4j.spark.SparkPretrainer} trains one run with many tasks,
 * {@link org.data2vec4j.spark.Embedder} turns a column into vectors.
 */
@NullMarked
package org.data2vec4j.spark;

import org.jspecify.annotations.NullMarked;
