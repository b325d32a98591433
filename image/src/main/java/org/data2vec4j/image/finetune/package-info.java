/** Fine-tuning on labelled images: the classification task and its predictions. */
@NullMarked
package org.data2vec4j.image.finetune;

import org.jspecify.annotations.NullMarked;
