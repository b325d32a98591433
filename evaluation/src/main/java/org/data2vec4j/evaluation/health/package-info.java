/** Measures of the features' health that need no classifier: spread over dimensions and the sphere, and similarity of layers. */
@NullMarked
package org.data2vec4j.evaluation.health;

import org.jspecify.annotations.NullMarked;
