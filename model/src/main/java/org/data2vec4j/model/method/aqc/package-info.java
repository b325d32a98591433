/** data2vec-aqc: augmentation, quantisation and clustering (Lodagala et al., 2022, arXiv:2211.01246). */
@NullMarked
package org.data2vec4j.model.method.aqc;

import org.jspecify.annotations.NullMarked;
