/** Whether features are healthy, by numbers that need no classifier: spread over dimensions and the sphere, likeness of layers. */
@NullMarked
package org.data2vec4j.evaluation.health;

import org.jspecify.annotations.NullMarked;
