/**
 * Loading of data as plain Java arrays: the order of samples, the position of a loader in it, shards, and the threads that prepare
 * samples. Nothing here depends on a modality.
 */
@NullMarked
package org.data2vec4j.data;

import org.jspecify.annotations.NullMarked;
