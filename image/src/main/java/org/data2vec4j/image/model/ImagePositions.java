package org.data2vec4j.image.model;

import org.data2vec4j.core.Check;
import org.data2vec4j.model.encoder.GridPositions;
import org.data2vec4j.model.encoder.SinCosTables;

/** What tells the tokens of an image their place before anything is masked. */
public enum ImagePositions {
    /** Fixed sines and cosines, as MAE and data2vec 2.0 have them. */
    SIN_COS {
        @Override
        public GridPositions of(int width) {
            Check.setting(
                    width % 4 == 0,
                    "positions",
                    "is sin_cos but model.block.width is " + width
                            + "; sines and cosines of rows and columns need a multiple of 4");
            return new SinCosTables(width);
        }
    },
    /** Nothing, as published for data2vec 1, whose attention has a bias by distance. */
    NONE {
        @Override
        public GridPositions of(int width) {
            return GridPositions.NONE;
        }
    },
    /** A learned vector for each patch of images of the recipe's size, as ViT has them; other sizes have none. */
    LEARNED {
        @Override
        public GridPositions of(int width) {
            return GridPositions.NONE; // the feature encoder's parameter comes instead
        }
    },
    /** Nothing, although attention has no bias either: for imported weights that came so. */
    ABSENT {
        @Override
        public GridPositions of(int width) {
            return GridPositions.NONE;
        }
    };

    /** The fixed ones for tokens of a width; throws a {@link org.data2vec4j.core.UserException} if there are none of it. */
    public abstract GridPositions of(int width);
}
