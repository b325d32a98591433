@NullMarked
package org.data2vec4j.interop;

import org.jspecify.annotations.NullMarked;
