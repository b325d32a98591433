/** What every floor shares: keyed random numbers, errors a user can act on, and checks of values. */
@NullMarked
package org.data2vec4j.core;

import org.jspecify.annotations.NullMarked;
