@NullMarked
package org.data2vec4j.data;

import org.jspecify.annotations.NullMarked;
