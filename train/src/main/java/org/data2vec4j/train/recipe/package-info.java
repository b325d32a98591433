/** What a recipe says, and a run built from it. */
@NullMarked
package org.data2vec4j.train.recipe;

import org.jspecify.annotations.NullMarked;
