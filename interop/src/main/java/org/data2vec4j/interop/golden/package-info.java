/** Golden cases: numbers recorded from the reference implementations, and the code that compares them with this one. */
@NullMarked
package org.data2vec4j.interop.golden;

import org.jspecify.annotations.NullMarked;
