/** Small programs that use the library; each is one file that can be copied. */
@NullMarked
package org.data2vec4j.examples;

import org.jspecify.annotations.NullMarked;
