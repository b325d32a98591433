/** Text files that appear whole or not at all. */
@NullMarked
package org.data2vec4j.evaluation.file;

import org.jspecify.annotations.NullMarked;
