/** The first data2vec (Baevski et al., 2022, arXiv:2202.03555), whose student sees masked inputs in full length. */
@NullMarked
package org.data2vec4j.model.method.data2vec1;

import org.jspecify.annotations.NullMarked;
