package org.data2vec4j.interop.golden;

import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Scope;
import tools.jackson.databind.JsonNode;

/** Runs golden cases of every kind that we implement, always in the reference's compatible mode. */
public final class Parity {
    private Parity() {}

    /** One case; a kind that we do not know is a failure with that as its problem. */
    public static GoldenResult run(GoldenCase golden) {
        try (Scope scope = Scope.open()) {
            JsonNode config = golden.config();
            String modality = config.path("modality").path("type").asString("");
            if (config.path("model").has("clone_batch") && !modality.isEmpty()) {
                return new GoldenResult(golden.name(), new Data2Vec2Case(golden).run(), "");
            }
            if (MaeCase.fits(golden)) {
                return new GoldenResult(golden.name(), new MaeCase(golden).run(), "");
            }
            if (RobertaCase.fits(golden)) {
                return new GoldenResult(golden.name(), new RobertaCase(golden).run(), "");
            }
            if (Data2Vec1Case.fits(golden)) {
                return new GoldenResult(golden.name(), new Data2Vec1Case(golden).run(), "");
            }
            String kind = modality.isEmpty() ? "a model without a modality" : "a " + modality + " model";
            return new GoldenResult(
                    golden.name(),
                    List.of(),
                    "unknown kind of case: " + kind + "; known: data2vec 1 and 2.0, MAE, RoBERTa");
        } catch (UserException e) {
            return new GoldenResult(golden.name(), List.of(), String.valueOf(e.getMessage()));
        }
    }
}
