package org.data2vec4j.interop.fairseq;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.data2vec4j.audio.model.ConvLayer;
import org.data2vec4j.core.UserException;

/** fairseq's way to write a stack of convolutions: {@code [(512, 10, 5)] + [(512, 3, 2)] * 4 + [(512,2,2)]}, read, never run. */
public final class ConvSpec {
    private static final String TRIPLE = "\\(\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*,?\\s*\\)";
    private static final Pattern LAYER = Pattern.compile("\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,?\\s*\\)");
    private static final Pattern TERM = Pattern.compile("\\s*\\[\\s*(" + TRIPLE + "(?:\\s*,\\s*" + TRIPLE
            + ")*)\\s*,?\\s*\\]\\s*(?:\\*\\s*(\\d{1,3}))?\\s*(\\+|$)");

    private ConvSpec() {}

    /** The layers; throws a {@link UserException} for anything but sums of lists of triples, each perhaps repeated. */
    public static List<ConvLayer> parse(String spec) {
        List<ConvLayer> layers = new ArrayList<>();
        Matcher term = TERM.matcher(spec);
        int end = 0;
        boolean more = true;
        while (more && term.find() && term.start() == end) {
            int times = term.group(2) == null ? 1 : Integer.parseInt(term.group(2));
            for (int i = 0; i < times; i++) {
                layers.addAll(triples(term.group(1)));
            }
            end = term.end();
            more = term.group(3).equals("+");
        }
        if (more || end != spec.length() || layers.isEmpty()) {
            throw new UserException("feature_encoder_spec is \"" + spec
                    + "\"; allowed: sums of lists such as [(512, 10, 5)] + [(512, 3, 2)] * 4");
        }
        return layers;
    }

    private static List<ConvLayer> triples(String list) {
        List<ConvLayer> layers = new ArrayList<>();
        Matcher layer = LAYER.matcher(list);
        while (layer.find()) {
            layers.add(new ConvLayer(
                    Integer.parseInt(layer.group(1)),
                    Integer.parseInt(layer.group(2)),
                    Integer.parseInt(layer.group(3))));
        }
        return layers;
    }
}
