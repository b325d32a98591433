package org.data2vec4j.evaluate;

import org.data2vec4j.report.Picture;
import org.jspecify.annotations.Nullable;

/** How test samples are shown on a page; indices are of the test samples. */
interface Preview {
    /** A small picture, or null if a sample has none; all have one size. */
    @Nullable
    Picture picture(int index);

    /** A few words: what is written, said, or the name. */
    String words(int index);
}
