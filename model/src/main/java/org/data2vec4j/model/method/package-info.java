/** The port of the pre-training methods, and the parts that several methods share. */
@NullMarked
package org.data2vec4j.model.method;

import org.jspecify.annotations.NullMarked;
