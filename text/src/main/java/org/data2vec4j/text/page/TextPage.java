package org.data2vec4j.text.page;

import java.util.List;
import org.data2vec4j.report.PageParts;
import org.data2vec4j.report.PageRequest;
import org.data2vec4j.report.PageSource;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.train.data.Modality;

/** What a run on text adds to its page: masks, how well they are filled, and what lies near what. */
public final class TextPage implements PageSource {
    @Override
    public Class<? extends Modality> modality() {
        return TextModality.class;
    }

    @Override
    public PageParts parts(PageRequest run) {
        ShownTexts shown = new ShownTexts(run);
        return new PageParts(shown.evaluations(), List.of(), shown.sections());
    }
}
