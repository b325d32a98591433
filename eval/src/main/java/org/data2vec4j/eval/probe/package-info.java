/** Probes that are trained on frozen tokens, and the few labels they may have to do with. */
@NullMarked
package org.data2vec4j.eval.probe;

import org.jspecify.annotations.NullMarked;
