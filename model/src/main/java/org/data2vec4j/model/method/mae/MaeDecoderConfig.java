package org.data2vec4j.model.method.mae;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.model.encoder.SinCosPositions;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;

/**
 * MAE's decoder: pre-norm blocks over all positions.
 *
 * @param width features inside the decoder, a multiple of 4
 * @param depth blocks
 * @param heads attention heads; they divide the width
 */
public record MaeDecoderConfig(int width, int depth, int heads) {
    /** Checks the ranges. */
    public MaeDecoderConfig {
        Check.positive("width", width);
        SinCosPositions.checkWidth("width", width);
        Check.inRange("depth", depth, 1, 100);
        Check.positive("heads", heads);
        if (width % heads != 0) {
            throw new SettingException("heads", "is " + heads + " but width is " + width + "; heads must divide width");
        }
    }

    /** The published decoder: 8 blocks of 512 features. */
    public static MaeDecoderConfig defaults() {
        return new MaeDecoderConfig(512, 8, 16);
    }

    BlockConfig block() {
        return new BlockConfig(width, heads, 4, NormPlacement.PRE, 1e-6, 0, 0, 0, 0);
    }
}
