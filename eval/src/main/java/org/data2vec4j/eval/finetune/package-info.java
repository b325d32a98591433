/** Supervised fine-tuning of a pre-trained encoder: the recipe, the labels, the loop around it, and what it is measured by. */
@NullMarked
package org.data2vec4j.eval.finetune;

import org.jspecify.annotations.NullMarked;
