@NullMarked
package org.data2vec4j.model;

import org.jspecify.annotations.NullMarked;
