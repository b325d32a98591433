package org.data2vec4j.recipe;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.data2vec4j.image.page.ImagePage;
import org.data2vec4j.report.PageParts;
import org.data2vec4j.report.PageRequest;
import org.data2vec4j.report.PageSource;
import org.data2vec4j.text.page.TextPage;

/** What the modalities add to the pages of runs: the library's own, and those that other jars provide as services. */
public final class BuiltInPages {
    private static final List<PageSource> OWN = List.of(new ImagePage(), new TextPage());

    private BuiltInPages() {}

    /** What a run's modality adds to its page; nothing if it adds nothing. */
    public static PageParts of(PageRequest run) {
        return Stream.concat(
                        OWN.stream(),
                        ServiceLoader.load(PageSource.class).stream().map(ServiceLoader.Provider::get))
                .filter(page -> page.modality().isInstance(run.config().modality()))
                .findFirst()
                .map(page -> page.parts(run))
                .orElse(PageParts.NONE);
    }
}
