package org.data2vec4j.model.method.data2vec1;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskEmbedding;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.encoder.TokenFeatureEncoder;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.TokenReplacement;
import org.data2vec4j.model.mask.TokenReplacementConfig;
import org.data2vec4j.model.nn.Init;
import org.jspecify.annotations.Nullable;

/** What the student sees in masked places (sections 3.1 and 4). */
public sealed interface CorruptionConfig {
    /** Throws a {@link UserException} unless an encoder can tell masked places apart. */
    void checkFits(EncoderConfig encoder);

    /** Throws a {@link UserException} unless inputs that this feature encoder reads can be corrupted so. */
    default void checkFits(FeatureEncoder featureEncoder) {}

    /**
     * What hides masked places behind a feature encoder; null where {@link #corrupt} has done so before it.
     *
     * @throws UserException if this feature encoder's inputs cannot be hidden so
     */
    @Nullable
    MaskEmbedding build(FeatureEncoder featureEncoder, int width);

    /** What the feature encoder is given in place of an input: the input itself, or other token numbers in its masked places. */
    Input corrupt(Input input, FeatureEncoder featureEncoder, MaskBatch masks, long seed, long update);

    /** One learned vector in place of whatever token the feature encoder made: for images and speech. */
    @Kind("embedding")
    record Embedding() implements CorruptionConfig {
        @Override
        public void checkFits(EncoderConfig encoder) {
            if (encoder.positions() instanceof PositionsConfig.None
                    && encoder.bias() instanceof AttentionBiasConfig.None) {
                throw new SettingException(
                        "corruption",
                        "is embedding but model.positions and model.bias are none: all"
                                + " masked places would look alike; set model.positions.kind=conv for sequences or"
                                + " model.bias.kind=relative for images");
            }
        }

        @Override
        public MaskEmbedding build(FeatureEncoder featureEncoder, int width) {
            return new MaskEmbedding(width, new Init.Normal(0.02));
        }

        @Override
        public Input corrupt(Input input, FeatureEncoder featureEncoder, MaskBatch masks, long seed, long update) {
            return input;
        }
    }

    /**
     * Other token numbers: for texts, whose feature encoder then adds the place.
     *
     * @param replacement which numbers
     */
    @Kind("tokens")
    record Tokens(TokenReplacementConfig replacement) implements CorruptionConfig {
        /** Any encoder will do. */
        @Override
        public void checkFits(EncoderConfig encoder) {}

        /** Only texts have token numbers. */
        @Override
        public void checkFits(FeatureEncoder featureEncoder) {
            TokenFeatureEncoder tokens = tokens(featureEncoder);
            Check.within(
                    "data2vec1.corruption.replacement",
                    () -> replacement.checkFits(tokens.vocabulary(), tokens.specials()));
        }

        @Override
        public @Nullable MaskEmbedding build(FeatureEncoder featureEncoder, int width) {
            checkFits(featureEncoder);
            return null;
        }

        @Override
        public Input corrupt(Input input, FeatureEncoder featureEncoder, MaskBatch masks, long seed, long update) {
            long[] tokens = input.source().toLongs();
            TokenFeatureEncoder texts = tokens(featureEncoder);
            TokenReplacement replaced = TokenReplacement.draw(
                    replacement, texts.vocabulary(), texts.specials(), masks, tokens, seed, update, input.ids());
            return input.withTokens(replaced.tokens());
        }

        private static TokenFeatureEncoder tokens(FeatureEncoder featureEncoder) {
            if (featureEncoder instanceof TokenFeatureEncoder tokens) {
                return tokens;
            }
            throw new UserException(
                    "data2vec1.corruption is tokens, which only texts have; for other data use embedding");
        }
    }
}
