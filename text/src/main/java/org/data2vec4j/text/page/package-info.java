/** What a run on text adds to its page. */
@NullMarked
package org.data2vec4j.text.page;

import org.jspecify.annotations.NullMarked;
