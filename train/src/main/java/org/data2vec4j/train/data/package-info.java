/** The ports between the trainer and a modality: the dataset and the modality itself. */
@NullMarked
package org.data2vec4j.train.data;

import org.jspecify.annotations.NullMarked;
