@NullMarked
package org.data2vec4j.train;

import org.jspecify.annotations.NullMarked;
