/** The version of this build. */
@NullMarked
package org.data2vec4j.cli.version;

import org.jspecify.annotations.NullMarked;
