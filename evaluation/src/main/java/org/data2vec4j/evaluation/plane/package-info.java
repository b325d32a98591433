/** Many dimensions in two, to be looked at. */
@NullMarked
package org.data2vec4j.evaluation.plane;

import org.jspecify.annotations.NullMarked;
