package org.data2vec4j.model.modality;

import org.data2vec4j.core.Check;
import org.data2vec4j.model.nn.BlockConfig;

/**
 * The transformer behind a front end.
 *
 * @param prenet blocks that belong to the modality, before the shared ones; never targets
 * @param depth shared blocks
 * @param extraTokens learned tokens put before the others (a CLS token and registers)
 * @param block the blocks
 */
public record EncoderConfig(int prenet, int depth, int extraTokens, BlockConfig block) {
    /** Checks the ranges. */
    public EncoderConfig {
        Check.inRange("model.prenet", prenet, 0, 1000);
        Check.inRange("model.depth", depth, 1, 1000);
        Check.inRange("model.extra_tokens", extraTokens, 0, 1000);
    }

    /** Features of a token. */
    public int width() {
        return block.width();
    }
}
