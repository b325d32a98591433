/** A collection's vectors on disk: what is kept of each sample, exact and approximate search, and the collection's statistics. */
@NullMarked
package org.data2vec4j.index;

import org.jspecify.annotations.NullMarked;
