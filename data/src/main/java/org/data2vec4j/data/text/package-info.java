/** Text files: their encoding, their lines, and tables of comma- or tab-separated values and of JSON lines. */
@NullMarked
package org.data2vec4j.data.text;

import org.jspecify.annotations.NullMarked;
