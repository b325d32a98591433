/** Ablations: one recipe with some settings changed, over seeds, as a table and a plot. */
@NullMarked
package org.data2vec4j.lab.ablate;

import org.jspecify.annotations.NullMarked;
