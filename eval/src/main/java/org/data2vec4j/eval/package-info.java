@NullMarked
package org.data2vec4j.eval;

import org.jspecify.annotations.NullMarked;
