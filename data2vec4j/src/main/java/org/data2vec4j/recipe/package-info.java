/** Recipes: built-in and user-written YAML files, resolved and bound to configuration records. */
@NullMarked
package org.data2vec4j.recipe;

import org.jspecify.annotations.NullMarked;
