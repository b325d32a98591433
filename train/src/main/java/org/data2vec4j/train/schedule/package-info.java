/** Learning-rate schedules: pure functions of the update, so a resumed run needs nothing but its number. */
@NullMarked
package org.data2vec4j.train.schedule;

import org.jspecify.annotations.NullMarked;
