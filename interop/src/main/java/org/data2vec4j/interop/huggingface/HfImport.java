package org.data2vec4j.interop.huggingface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.fairseq.WeightImport;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Takes a folder's tensors over: shapes are compared before memory is taken for a model. */
public final class HfImport {
    private final HfFolder folder;
    private final HfModel model;
    private final Map<String, String> names;

    /** An import of a folder as the model that its settings describe. */
    public HfImport(HfFolder folder) {
        this.folder = folder;
        this.model = HfModel.of(folder.config(), folder.names());
        this.names = model.names(folder);
    }

    /** The model. */
    public HfModel model() {
        return model;
    }

    /**
     * Throws a {@link UserException} unless the folder holds the whole encoder that its settings describe; costs no memory, however
     * large that is.
     */
    public void check() {
        Encoder encoder = new Encoder(
                model.modality().featureEncoder(model.encoder().width()).get(), model.encoder());
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        encoder.parameters().forEach((name, parameter) -> parameters.put("encoder." + name, parameter));
        WeightImport plan = plan(parameters);
        if (!plan.encoderComplete()) {
            String first = plan.misshapen().isEmpty()
                    ? plan.missing().stream()
                                    .filter(name -> name.startsWith("encoder."))
                                    .findFirst()
                                    .orElseThrow()
                            + " is missing"
                    : plan.misshapen().get(0);
            throw new UserException(folder.path() + " does not hold the encoder that its config.json describes: "
                    + first + "; nothing was written");
        }
    }

    /** Loads what fits, and says what did not. */
    public WeightImport load(Weights into) {
        WeightImport plan = plan(into.parameters());
        Grad.noGrad(() -> model.links().stream()
                .filter(link -> plan.mapped().containsKey(link.ours()))
                .forEach(link -> load(link, into.parameter(link.ours()))));
        return plan;
    }

    private void load(TensorMapping link, Parameter into) {
        try (Scope scope = Scope.open()) {
            List<@Nullable Tensor> parts = new ArrayList<>();
            for (String part : link.theirs()) {
                String name = names.get(part);
                parts.add(name == null ? null : folder.read(name));
            }
            into.value().detach().copy_(link.join(parts));
        }
    }

    private WeightImport plan(Map<String, Parameter> ours) {
        Map<String, String> mapped = new LinkedHashMap<>();
        List<String> misshapen = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (TensorMapping link : model.links()) {
            Parameter parameter = ours.get(link.ours());
            if (parameter != null && present(link) && fits(link, parameter, misshapen)) {
                mapped.put(link.ours(), String.join(" + ", link.theirs()));
            }
            taken.addAll(link.theirs());
        }
        List<String> missing = new ArrayList<>();
        for (String name : ours.keySet()) {
            if (!mapped.containsKey(name)) {
                missing.add(name);
            }
        }
        List<String> unexpected = new ArrayList<>();
        new TreeMap<>(names).forEach((own, name) -> {
            if (!taken.contains(own) && model.besides().stream().noneMatch(own::startsWith)) {
                unexpected.add(name);
            }
        });
        return new WeightImport(mapped, missing, unexpected, misshapen);
    }

    private boolean present(TensorMapping link) {
        for (int i = 0; i < link.theirs().size(); i++) {
            if (!names.containsKey(link.theirs().get(i)) && !link.optional(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(TensorMapping link, Parameter parameter, List<String> misshapen) {
        for (int i = 0; i < link.theirs().size(); i++) {
            String name = names.get(link.theirs().get(i));
            if (name != null && !link.fits(i, folder.shape(name), parameter.shape())) {
                misshapen.add(name + " is " + Arrays.toString(folder.shape(name)) + " where " + link.ours() + " is "
                        + Arrays.toString(parameter.shape()));
                return false;
            }
        }
        return true;
    }

    /** Tensors of heads, which an encoder has no place for. */
    public List<String> leftOut() {
        List<String> left = new ArrayList<>();
        Set<String> mapped = new HashSet<>();
        model.links().forEach(link -> mapped.addAll(link.theirs()));
        new TreeMap<>(names).forEach((own, name) -> {
            if (!mapped.contains(own) && model.besides().stream().anyMatch(own::startsWith)) {
                left.add(name);
            }
        });
        return left;
    }
}
