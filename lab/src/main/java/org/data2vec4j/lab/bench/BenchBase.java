package org.data2vec4j.lab.bench;

import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.run.PretrainConfig;

/** The bench of another method on the inputs of an existing one: the same data, batch, width, heads and number of blocks. */
final class BenchBase {
    private BenchBase() {}

    /** {@code config} with another method behind another reading of the same inputs. */
    static PretrainConfig with(PretrainConfig config, Modality modality, EncoderConfig model, MethodConfig method) {
        return new PretrainConfig(
                config.seed(),
                config.precision(),
                config.device(),
                config.data(),
                config.run(),
                modality,
                model,
                method,
                config.optimizer(),
                config.schedule(),
                config.train(),
                config.checkpoint(),
                config.guard(),
                config.evaluate());
    }

    /** All blocks of {@code config}'s encoder: methods without a pre-net share them all. */
    static int blocks(PretrainConfig config) {
        return config.model().prenet() + config.model().depth();
    }

    /** {@code config}'s block, with its norms elsewhere and branches scaled; nothing dropped. */
    static BlockConfig block(PretrainConfig config, NormPlacement norm, double layerScale) {
        BlockConfig own = config.model().block();
        return new BlockConfig(
                own.width(), own.heads(), own.mlpRatio(), norm, own.normEpsilon(), 0, 0, 0, 0, layerScale);
    }
}
