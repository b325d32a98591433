/** What every pre-training method is to the trainer. */
@NullMarked
package org.data2vec4j.model.method;

import org.jspecify.annotations.NullMarked;
