package org.data2vec4j.evaluation.finetune;

import org.data2vec4j.core.Check;

/**
 * When a fine-tuning run is measured on its test data.
 *
 * @param everyUpdates updates between two measurements; 0 for one at the end
 */
public record FineTuneEvaluateConfig(long everyUpdates) {
    /** Checks the range. */
    public FineTuneEvaluateConfig {
        Check.notNegative("every_updates", everyUpdates);
    }
}
