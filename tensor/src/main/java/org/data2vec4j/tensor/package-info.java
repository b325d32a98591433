@NullMarked
package org.data2vec4j.tensor;

import org.jspecify.annotations.NullMarked;
