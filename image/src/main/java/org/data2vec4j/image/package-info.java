/** The image modality: datasets of images, the feature encoder, classification and evaluation. */
@NullMarked
package org.data2vec4j.image;

import org.jspecify.annotations.NullMarked;
