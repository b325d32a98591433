/** Masked autoencoders (He et al., 2021, arXiv:2111.06377). */
@NullMarked
package org.data2vec4j.model.method.mae;

import org.jspecify.annotations.NullMarked;
