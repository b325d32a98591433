/** data2vec 2.0 (Baevski et al., 2022, arXiv:2212.07525). */
@NullMarked
package org.data2vec4j.model.method.data2vec2;

import org.jspecify.annotations.NullMarked;
