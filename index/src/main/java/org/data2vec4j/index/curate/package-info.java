/** What a collection's vectors say of its samples: near-duplicates, outliers, doubtful labels, diverse subsets, a map. */
@NullMarked
package org.data2vec4j.index.curate;

import org.jspecify.annotations.NullMarked;
