package org.data2vec4j.lab.bench;

import java.util.List;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.mask.TokenReplacementConfig;
import org.data2vec4j.model.method.data2vec1.CorruptionConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.roberta.RobertaConfig;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.run.PretrainConfig;

/** Other methods on the texts and the encoder of {@link BenchText}. Their numbers never change. */
final class BenchTextMethods {
    /** The benches. */
    static final List<Bench> ALL = List.of(
            new Bench("data2vec1-text", BenchTextMethods::data2vec1),
            new Bench("roberta-text", BenchTextMethods::roberta));

    private static final int TARGETS = 5; // published: 10 of 12 blocks; here 5 of 6
    private static final double MASKED = 0.15;
    private static final TokenReplacementConfig REPLACEMENT = new TokenReplacementConfig(4, 0.8, 0.1);

    private BenchTextMethods() {}

    private static PretrainConfig data2vec1(Precision precision, int threads, long updates) {
        PretrainConfig base = BenchText.config(precision, threads, updates);
        Data2Vec1Config published = Data2Vec1Config.texts();
        TargetsConfig targets = published.targets();
        return BenchBase.with(
                base,
                base.modality(),
                base.model(),
                new Data2Vec1Config(
                        new RandomMask(MASKED),
                        new CorruptionConfig.Tokens(REPLACEMENT),
                        published.head(),
                        new TargetsConfig(TARGETS, targets.feature(), targets.each(), targets.average()),
                        published.teacher(),
                        published.loss()));
    }

    private static PretrainConfig roberta(Precision precision, int threads, long updates) {
        PretrainConfig base = BenchText.config(precision, threads, updates);
        return BenchBase.with(
                base, base.modality(), base.model(), new RobertaConfig(new RandomMask(MASKED), REPLACEMENT));
    }
}
