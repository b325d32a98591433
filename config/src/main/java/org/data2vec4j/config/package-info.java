/** Recipes: YAML files with line numbers, layered over each other, overridden from the command line and bound to records. */
@NullMarked
package org.data2vec4j.config;

import org.jspecify.annotations.NullMarked;
