package org.data2vec4j.report;

import org.data2vec4j.train.data.Modality;

/** What a modality adds to the page of a run on its data, beyond what every page has. */
public interface PageSource {
    /** The modality. */
    Class<? extends Modality> modality();

    /** The parts of a run on data of that modality. */
    PageParts parts(PageRequest run);
}
