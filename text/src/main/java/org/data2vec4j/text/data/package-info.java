/**
 * Text in: sources read as streams, tokens kept in a mapped file, samples and batches of them, and labelled text for fine-tuning.
 */
@NullMarked
package org.data2vec4j.text.data;

import org.jspecify.annotations.NullMarked;
