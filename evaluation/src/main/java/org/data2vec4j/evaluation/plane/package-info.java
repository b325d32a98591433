/** Projections of vectors to two dimensions: principal components and t-SNE. */
@NullMarked
package org.data2vec4j.evaluation.plane;

import org.jspecify.annotations.NullMarked;
