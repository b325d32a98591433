package org.data2vec4j.model.method.roberta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.encoder.TokenFeatureEncoder;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.TokenReplacement;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.DrawnBatch;
import org.data2vec4j.model.method.FeatureDiagnostics;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.SingleEncoder;
import org.data2vec4j.model.method.SingleEncoderMethod;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/**
 * RoBERTa's masked language model (Liu et al., 2019, section 2.2; masks drawn anew in every update): some tokens of a text are
 * replaced, and cross-entropy asks for what stood there. Scores are computed at those places only. Shapes: B texts, T tokens, N
 * masked in all, W token numbers, D width.
 */
public final class Roberta implements SingleEncoderMethod {
    private final RobertaConfig config;
    private final long seed;
    private final TokenFeatureEncoder text;
    private final Encoder encoder;
    private final RobertaHead head;
    private final SingleEncoder trained;

    /**
     * A new model, begun by {@code seed}; its memory belongs to the {@link Scope} open now.
     *
     * @throws UserException if the feature encoder is not of texts, or the mask token is none of its own
     */
    public Roberta(
            RobertaConfig config, EncoderConfig encoder, FeatureEncoder featureEncoder, long seed, Device device) {
        TokenFeatureEncoder ofTexts = RobertaConfig.tokens(featureEncoder);
        Check.within(
                "roberta.replacement", () -> config.replacement().checkFits(ofTexts.vocabulary(), ofTexts.specials()));
        this.config = config;
        this.seed = seed;
        this.text = ofTexts;
        this.encoder = new Encoder(ofTexts, encoder);
        this.head = new RobertaHead(
                encoder.width(), ofTexts.vocabulary(), encoder.block().normEpsilon());
        Map<String, Module> beside = new LinkedHashMap<>();
        beside.put("head", head);
        this.trained = new SingleEncoder(this.encoder, beside, seed, device);
    }

    @Override
    public DrawnBatch draw(Input input, long update) {
        TokenReplacement masked = mask(input, update);
        return DrawnBatch.masked(
                masked.masks(),
                "no text of a batch has two tokens beside the special ones; use longer texts",
                context -> forward(input, masked, context));
    }

    /** The replaced tokens of an update. */
    TokenReplacement mask(Input input, long update) {
        MaskBatch masks = MaskBatch.draw(config.mask(), text.layout(input), seed, update, input.ids(), 1);
        return TokenReplacement.draw(
                config.replacement(),
                text.vocabulary(),
                text.specials(),
                masks,
                input.source().toLongs(),
                seed,
                update,
                input.ids());
    }

    /** The losses with given replacements; {@code input} is the original texts. */
    public StepResult forward(Input input, TokenReplacement masked, StepContext context) {
        Device device = input.source().device();
        MaskIndices view = MaskIndices.of(masked.masks(), device);
        Encoder.Output encoded_BTD = encode(input, masked);
        Tensor logs_NW = F.logSoftmax(scores(encoded_BTD, view));

        long[] expected = expected(input, masked.masks());
        Tensor sum = logs_NW.reshape(-1)
                .indexSelect(0, entries(expected, logs_NW.size(1), device))
                .sum()
                .mul(-1);
        List<Diagnostic> diagnostics =
                context.diagnose() ? diagnostics(masked, expected, logs_NW, sum, context.statistics()) : List.of();
        return context.result(List.of(new LossTerm("cross_entropy", sum)), diagnostics);
    }

    /** The encoder over texts with replaced tokens; padding is where the original texts have it. */
    public Encoder.Output encode(Input input, TokenReplacement masked) {
        Layout layout = masked.masks().layout();
        return encoder.encode(text.tokens(input.withTokens(masked.tokens()), layout), layout);
    }

    /** (N, W): scores of every token number at the masked places, in the order of {@link MaskIndices#masked()}. */
    public Tensor scores(Encoder.Output encoded, MaskIndices view) {
        Tensor features_ND =
                encoded.positions().reshape(-1, encoder.config().width()).indexSelect(0, view.masked());
        return head.forward(features_ND, text.table());
    }

    /** (N) the tokens that stood in the masked places. */
    private static long[] expected(Input input, MaskBatch masks) {
        long[] tokens = input.source().toLongs();
        long[] expected = new long[masks.masked()];
        int n = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (masks.masked(i / masks.grid().size(), i % masks.grid().size())) {
                expected[n++] = tokens[i];
            }
        }
        return expected;
    }

    /** (N) where the expected tokens' entries are among N·W. */
    private static Tensor entries(long[] expected, long vocabulary, Device device) {
        long[] entries = new long[expected.length];
        for (int n = 0; n < entries.length; n++) {
            entries[n] = n * vocabulary + expected[n];
        }
        return Tensors.of(entries, entries.length).to(device);
    }

    private static List<Diagnostic> diagnostics(
            TokenReplacement masked, long[] expected, Tensor logs_NW, Tensor sum, BatchStatistics statistics) {
        return Grad.noGrad(() -> {
            try (Scope pass = Scope.open()) {
                long[] best = logs_NW.topK(1).indices().toLongs();
                int right = 0;
                for (int n = 0; n < expected.length; n++) {
                    right += best[n] == expected[n] ? 1 : 0;
                }
                double[] sums = statistics.sums(right, sum.item(), expected.length);
                return List.of(
                        FeatureDiagnostics.share(masked.masks(), statistics),
                        new Diagnostic("prediction/accuracy", sums[0] / sums[2]),
                        new Diagnostic("prediction/perplexity", Math.exp(sums[1] / sums[2])));
            }
        });
    }

    @Override
    public SingleEncoder trained() {
        return trained;
    }
}
