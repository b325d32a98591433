package org.data2vec4j.image.model;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.jspecify.annotations.Nullable;

/** What is computed of pixels before they are cut into patches. */
public sealed interface ImageStem {
    /** The module; null if patches are cut from the pixels themselves. */
    @Nullable
    ConvStem build(int colours);

    /** Nothing, as published. */
    @Kind("none")
    record None() implements ImageStem {
        @Override
        public @Nullable ConvStem build(int colours) {
            return null;
        }
    }

    /**
     * A 3×3 convolution of every pixel's neighbourhood and a GELU. A token then knows one pixel around its patch, and is not a linear map
     * of it.
     *
     * @param channels features of a pixel behind it
     */
    @Kind("conv")
    record Conv(int channels) implements ImageStem {
        /** Checks the range. */
        public Conv {
            Check.inRange("channels", channels, 1, 1024);
        }

        @Override
        public ConvStem build(int colours) {
            return new ConvStem(colours, channels);
        }
    }
}
