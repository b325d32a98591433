/** Classes, or a number, for a whole image, recording or text. */
@NullMarked
package org.data2vec4j.model.task.classify;

import org.jspecify.annotations.NullMarked;
