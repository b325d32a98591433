/** Augmentation of images and of batches for supervised training: RandAugment, random erasing, mixup and CutMix. */
@NullMarked
package org.data2vec4j.image.data.augment;

import org.jspecify.annotations.NullMarked;
