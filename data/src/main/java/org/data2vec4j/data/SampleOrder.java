package org.data2vec4j.data;

/** The order in which samples are drawn; a pure function of its settings, consumed by one thread. */
public sealed interface SampleOrder permits EpochOrder, SequentialOrder {
    /** The next places: {@code count} of them, fewer at the end of a finite order, none after it. */
    SampleSlots take(int count);

    /** The samples in one epoch. */
    int epochSize();

    /** Where the next place is drawn from. */
    LoaderPosition position();
}
