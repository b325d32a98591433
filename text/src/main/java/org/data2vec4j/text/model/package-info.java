/** From token numbers to tokens: learned embeddings of what and where. */
@NullMarked
package org.data2vec4j.text.model;

import org.jspecify.annotations.NullMarked;
