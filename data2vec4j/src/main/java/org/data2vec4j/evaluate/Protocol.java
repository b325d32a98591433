package org.data2vec4j.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.data2vec4j.evaluation.suite.Probe;
import org.data2vec4j.evaluation.suite.SuiteConfig;
import org.data2vec4j.evaluation.suite.SuiteResult;
import org.data2vec4j.train.data.LabelledDataset;
import org.data2vec4j.train.data.LabelledSplit;

/** What a score depends on besides the run: by name, in words, the same words for the same thing. */
final class Protocol {
    private static final List<String> EVERYWHERE =
            List.of("bank", "bank_size", "test", "test_size", "classes", "input", "by", "features");
    private static final List<String> LAYERS = List.of("views");
    private static final List<String> KNN = List.of("k", "temperature", "space");
    private static final List<String> RIDGE = List.of("ridge_penalties", "held_out", "seeds");
    private static final List<String> TRAINED = List.of("rates", "epochs", "batch", "decay", "probe_held_out", "seeds");
    private static final List<String> TOKENS = List.of("token_samples", "tokens");
    private static final List<String> FINE_TUNING = List.of("finetune", "finetune_data", "seeds");

    private Protocol() {}

    /** Of an evaluation. */
    static Map<String, String> of(SuiteConfig config, LabelledSplit data, SuiteResult result) {
        Map<String, String> all = new LinkedHashMap<>();
        LabelledDataset bank = data.train();
        all.put("bank", bank.fingerprint());
        all.put("bank_size", "" + bank.size());
        all.put("test", data.test().fingerprint());
        all.put("test_size", "" + data.test().size());
        all.put("classes", "" + bank.classes().size());
        all.putAll(data.protocol());
        all.put("features", "final features, mean over positions without padding and extra tokens");
        all.put(
                "views",
                result.sweep().stream()
                        .map(score -> score.view().label())
                        .distinct()
                        .collect(Collectors.joining("; ")));
        all.put("raw", bank.baselineName());
        all.put("k", "" + config.knn().k());
        all.put("temperature", "" + config.knn().temperature());
        all.put("space", config.knn().space().name().toLowerCase(Locale.ROOT));
        all.put("ridge_penalties", "" + config.ridge().lambdas());
        all.put("held_out", "" + config.ridge().heldOut());
        all.put("rates", "" + config.attentive().rates());
        all.put("epochs", "" + config.attentive().epochs());
        all.put("batch", "" + config.attentive().batch());
        all.put("decay", "" + config.attentive().decay());
        all.put("probe_held_out", "" + config.attentive().heldOut());
        all.put("token_samples", "about " + config.tokenSamples());
        all.put("tokens", "up to " + config.tokens() + ", runs of neighbours averaged");
        all.put("shares", "" + config.shares());
        all.put("seeds", "" + config.seeds());
        for (double share : config.shares()) {
            all.put(
                    subset(share),
                    result.subsets().stream()
                            .filter(subset -> subset.share() == share)
                            .map(SuiteResult.Subset::fingerprint)
                            .collect(Collectors.joining(" ")));
        }
        return all;
    }

    private static String subset(double share) {
        return "labels_" + EvaluationText.share(share).replace(" ", "").replace("%", "percent");
    }

    /** The names that a score depends on. */
    static List<String> fields(Probe probe, double share) {
        if (probe == Probe.FINE_TUNED) {
            List<String> fields = new ArrayList<>(List.of("test", "classes", "input", "by"));
            fields.addAll(FINE_TUNING);
            return fields;
        }
        List<String> fields = new ArrayList<>(EVERYWHERE);
        switch (probe) {
            case KNN -> fields.addAll(KNN);
            case LINEAR -> fields.addAll(RIDGE);
            case LINEAR_BEST -> {
                fields.addAll(RIDGE);
                fields.addAll(LAYERS);
            }
            case LINEAR_TRAINED -> fields.addAll(TRAINED);
            default -> {
                fields.addAll(TRAINED);
                fields.addAll(TOKENS);
            }
        }
        if (share < 1) {
            fields.add(subset(share));
        }
        return fields;
    }
}
