/** The teacher: an exponential moving average of the student. */
@NullMarked
package org.data2vec4j.model.teacher;

import org.jspecify.annotations.NullMarked;
