/** The reference's configurations and parameter names, in ours. */
@NullMarked
package org.data2vec4j.interop.fairseq;

import org.jspecify.annotations.NullMarked;
