/** The feature encoder of text: learned embeddings of tokens and positions. */
@NullMarked
package org.data2vec4j.text.model;

import org.jspecify.annotations.NullMarked;
