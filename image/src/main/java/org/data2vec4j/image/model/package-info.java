/** The feature encoder of images: patch embedding and positions. */
@NullMarked
package org.data2vec4j.image.model;

import org.jspecify.annotations.NullMarked;
