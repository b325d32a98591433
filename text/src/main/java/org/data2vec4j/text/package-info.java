/** The text modality: datasets of documents, tokenizers, the feature encoder, sentence tasks and evaluation. */
@NullMarked
package org.data2vec4j.text;

import org.jspecify.annotations.NullMarked;
