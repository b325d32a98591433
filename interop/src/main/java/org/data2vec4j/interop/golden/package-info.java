/** Golden cases: numbers recorded from the reference implementations, and what runs them through ours. */
@NullMarked
package org.data2vec4j.interop.golden;

import org.jspecify.annotations.NullMarked;
