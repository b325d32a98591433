package org.data2vec4j.interop.fairseq;

import java.util.List;
import org.data2vec4j.model.method.aqc.AqcConfig;
import org.data2vec4j.model.method.aqc.ClustersConfig;
import org.data2vec4j.model.method.aqc.CodesConfig;
import org.data2vec4j.model.method.aqc.CrossConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.wav2vec2.PenaltyConfig;
import tools.jackson.databind.JsonNode;

/**
 * data2vec-aqc's settings, as ours, with the reference's quirks: those of fairseq's data2vec, and more. Recordings are changed by its
 * data loader, and penalties are added by its criterion: neither is the model's.
 *
 * @param root an object with {@code model} under the reference's own names
 */
public record FairseqAqc(JsonNode root) {
    private static final double WEIGHT = 0.5;
    private static final int ITERATIONS = 100;

    /** The method, without changes of recordings and without penalties. */
    public AqcConfig method() {
        JsonNode model = root.path("model");
        Data2Vec1Config data2vec = new FairseqData2Vec1(root).method();
        FairseqWav2Vec2 wav2vec = new FairseqWav2Vec2(root);
        return new AqcConfig(
                data2vec.mask(),
                List.of(),
                data2vec.head(),
                data2vec.targets(),
                data2vec.teacher(),
                data2vec.loss(),
                new CrossConfig(
                        WEIGHT,
                        wav2vec.contrast(model.path("final_proj_dim").asInt()),
                        CodesConfig.Gumbel.of(wav2vec.quantiser()),
                        new ClustersConfig.KMeans(
                                model.path("cluster_factor").asInt(),
                                model.path("scale_factor").asDouble(),
                                ITERATIONS,
                                ClustersConfig.Scaling.FAIRSEQ),
                        new PenaltyConfig(0, 0)));
    }
}
