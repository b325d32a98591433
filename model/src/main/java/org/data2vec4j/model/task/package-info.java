/** Supervised models on a pre-trained encoder, and the settings that their tasks share. */
@NullMarked
package org.data2vec4j.model.task;

import org.jspecify.annotations.NullMarked;
