/** The fine-tuning loop, and the port that a supervised task implements. */
@NullMarked
package org.data2vec4j.evaluation.finetune;

import org.jspecify.annotations.NullMarked;
