/** The whole evaluation of a run: what is measured on what, the page, the file of numbers, and several of these side by side. */
@NullMarked
package org.data2vec4j.evaluate;

import org.jspecify.annotations.NullMarked;
