/** Speech recognition by connectionist temporal classification. */
@NullMarked
package org.data2vec4j.model.task.ctc;

import org.jspecify.annotations.NullMarked;
