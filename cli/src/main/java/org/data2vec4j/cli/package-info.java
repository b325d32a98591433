@NullMarked
package org.data2vec4j.cli;

import org.jspecify.annotations.NullMarked;
