/** Fine-tuning on labelled sentences: the task, its predictions and its scores. */
@NullMarked
package org.data2vec4j.text.finetune;

import org.jspecify.annotations.NullMarked;
