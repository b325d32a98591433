/** Models and indexes over HTTP: embeddings in the form of OpenAI's clients, search, metrics, and a page. */
@NullMarked
package org.data2vec4j.serve;

import org.jspecify.annotations.NullMarked;
