/** RoBERTa's masked language model (Liu et al., 2019, arXiv:1907.11692). */
@NullMarked
package org.data2vec4j.model.method.roberta;

import org.jspecify.annotations.NullMarked;
