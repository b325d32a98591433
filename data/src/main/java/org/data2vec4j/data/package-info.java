/**
 * Data in, as plain Java arrays: the order samples come in, where a loader stands in it, and the threads that prepare them.
 * What belongs to one kind of data has its own package below.
 */
@NullMarked
package org.data2vec4j.data;

import org.jspecify.annotations.NullMarked;
