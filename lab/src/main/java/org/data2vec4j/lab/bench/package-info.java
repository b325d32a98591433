/** Named benches of one training update: what is measured, how, and what it is measured against. */
@NullMarked
package org.data2vec4j.lab.bench;

import org.jspecify.annotations.NullMarked;
