/** The kinds of data a run can learn from: what a recipe says of them, and how they become batches on a device. */
@NullMarked
package org.data2vec4j.train.modality;

import org.jspecify.annotations.NullMarked;
