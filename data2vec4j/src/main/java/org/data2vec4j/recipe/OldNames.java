package org.data2vec4j.recipe;

import org.data2vec4j.config.KeyRenames;

/** What recipes and run directories of earlier versions call otherwise: every renamed key, section and word, in one table. */
public final class OldNames {
    /** The renames. */
    public static final KeyRenames TABLE = KeyRenames.NONE
            .key("optimiser", "optimizer")
            .key("train.observe_every", "train.diagnose_every")
            .key("guard.min_target_deviation", "guard.min_target_std")
            .key("guard.min_prediction_deviation", "guard.min_prediction_std")
            .key("evaluate_every", "evaluate.every_updates")
            .key("audio.front_end", "audio.feature_encoder")
            .key("data2vec1.hiding", "data2vec1.corruption")
            .key("wav2vec2.quantiser", "wav2vec2.quantizer")
            .key("mae.normalise_pixels", "mae.normalize_pixels")
            .key("image.augmentation.rand_augment.deviation", "image.augmentation.rand_augment.std")
            .key("pictures", "images")
            .key("images.augmentation.rand_augment.deviation", "images.augmentation.rand_augment.std")
            .key("ctc.freeze.front_end", "ctc.freeze.feature_encoder")
            .key("sentences.classifier.freeze.front_end", "sentences.classifier.freeze.feature_encoder")
            .key("images.classifier.freeze.front_end", "images.classifier.freeze.feature_encoder")
            .word("*.teacher.part", "behind_front_end", "behind_feature_encoder");

    private OldNames() {}
}
