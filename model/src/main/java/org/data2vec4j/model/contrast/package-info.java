/** Telling a position's own target among those of other positions. */
@NullMarked
package org.data2vec4j.model.contrast;

import org.jspecify.annotations.NullMarked;
