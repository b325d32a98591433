/** Speech-like sounds made on the fly, so that everything that needs recordings runs without any. */
@NullMarked
package org.data2vec4j.audio.data.synthetic;

import org.jspecify.annotations.NullMarked;
