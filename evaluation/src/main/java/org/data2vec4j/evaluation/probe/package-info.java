/** k-NN, linear and attentive probes on frozen features. */
@NullMarked
package org.data2vec4j.evaluation.probe;

import org.jspecify.annotations.NullMarked;
