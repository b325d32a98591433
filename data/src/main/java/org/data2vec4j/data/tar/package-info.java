/** Reading tar archives: ustar headers with GNU long names and pax paths and sizes. */
@NullMarked
package org.data2vec4j.data.tar;

import org.jspecify.annotations.NullMarked;
