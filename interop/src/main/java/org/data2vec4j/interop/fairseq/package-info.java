/** Import of fairseq's configurations and parameter names. */
@NullMarked
package org.data2vec4j.interop.fairseq;

import org.jspecify.annotations.NullMarked;
