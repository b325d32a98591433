/** Many dimensions in two, to be looked at. */
@NullMarked
package org.data2vec4j.eval.plane;

import org.jspecify.annotations.NullMarked;
