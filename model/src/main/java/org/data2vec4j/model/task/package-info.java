/** What a pre-trained encoder is fine-tuned to do, and what its tasks share. */
@NullMarked
package org.data2vec4j.model.task;

import org.jspecify.annotations.NullMarked;
