/** The version of this build. */
@NullMarked
package org.data2vec4j.version;

import org.jspecify.annotations.NullMarked;
