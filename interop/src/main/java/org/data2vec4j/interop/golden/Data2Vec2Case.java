package org.data2vec4j.interop.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.fairseq.FairseqData2Vec2;
import org.data2vec4j.interop.fairseq.FairseqNames;
import org.data2vec4j.model.decoder.ConvDecoder;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.encoder.SinCosPositions;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** data2vec 2.0 in any modality against the reference: features, targets, decoder, losses, gradients and one move of the teacher. */
final class Data2Vec2Case {
    private static final String POSITIONS = "modality_encoders.IMAGE.fixed_positional_encoder.positions";

    private final GoldenCase golden;
    private final FairseqNames names;
    private final String modality;
    private final Data2Vec2 model;
    private final Input input;
    private final Layout layout;
    private final int width;
    private final TensorComparison outputs = new TensorComparison("outputs", 1e-4);
    private final TensorComparison gradients = new TensorComparison("gradients", 1e-3);

    Data2Vec2Case(GoldenCase golden) {
        this.golden = golden;
        FairseqData2Vec2 config = new FairseqData2Vec2(golden.config());
        modality = config.modality();
        names = new FairseqNames(modality);
        width = config.encoder().width();
        model = new Data2Vec2(config.method(), config.encoder(), config::featureEncoder, 0, Device.CPU);
        load("param/", model.weights());
        load("teacher/", model.teacher().weights());
        input = golden.input();
        layout = model.encoder().featureEncoder().layout(input);
    }

    private void load(String prefix, Weights weights) {
        Map<String, Parameter> ours = weights.parameters();
        List<String> loaded = new ArrayList<>();
        for (String name : golden.under(prefix)) {
            String own = names.ours(name);
            Parameter parameter = own == null ? null : ours.get(own);
            if (parameter != null) {
                parameter.value().detach().copy_(golden.tensor(prefix + name));
                loaded.add(own);
            } else if (!name.equals(POSITIONS)) {
                throw new UserException("parameter " + prefix + name + " has no counterpart here");
            }
        }
        List<String> missing =
                ours.keySet().stream().filter(name -> !loaded.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new UserException("the case gives no value for " + missing.get(0) + " and " + (missing.size() - 1)
                    + " more parameters under " + prefix);
        }
    }

    List<TensorComparison> run() {
        if (golden.file().has("param/" + POSITIONS)) {
            Grid grid = layout.grid();
            Tensor table = Tensors.of(SinCosPositions.table(grid, width), 1, grid.size(), width);
            outputs.check("positions", table, golden.tensor("param/" + POSITIONS));
        }
        unmaskedPass();
        trainingPass();
        return List.of(outputs, gradients, ema());
    }

    private void unmaskedPass() {
        Grad.noGrad(() -> {
            Encoder.Output output = model.encoder().forward(input);
            check("output/features", output.features_BTD());
            for (int i = 0; i < output.blocks().size(); i++) {
                check("output/layer" + i, output.blocks().get(i).feedForward_BTD());
            }
            check("output/targets", model.targets(input));
        });
    }

    private void trainingPass() {
        model.train(true);
        boolean[] rows = RecordedTensors.flags(golden, "input/mask");
        int clones = rows.length / layout.grid().size() / layout.samples();
        MaskBatch masks = MaskBatch.of(rows, layout, clones);
        if (model.decoder() instanceof ConvDecoder decoder && golden.file().has("output/decoded")) {
            MaskIndices view = MaskIndices.of(masks, input.source().device());
            check(
                    "output/decoded",
                    Grad.noGrad(() ->
                            decoder.everywhere(model.encodeVisible(input, view).positions(), view)));
        }
        StepResult result = model.forward(input, masks, StepContext.single(0, true, masks.masked()));
        for (LossTerm term : result.losses()) {
            String name = term.name().equals("regression") ? modality + "_regression" : term.name();
            String recorded = name.equals("reconstruction") ? "recon" : name;
            check("output/loss_sum/" + recorded, term.sum());
        }
        scalar("output/sample_size", (double) result.count());
        scalar("output/masked_pct", masks.share());
        scalar("output/target_var", RecordedTensors.diagnostic(result, Diagnostic.Definition.TARGET_STD.path()));
        scalar("output/pred_var", RecordedTensors.diagnostic(result, Diagnostic.Definition.PREDICTION_STD.path()));
        check("output/loss", result.loss());
        result.loss().backward();
        compareGradients();
    }

    private void check(String path, Tensor actual) {
        if (golden.file().has(path)) {
            outputs.check(path, actual, golden.tensor(path));
        }
    }

    private void scalar(String path, double actual) {
        if (golden.file().has(path)) {
            outputs.check(path, actual, golden.tensor(path));
        }
    }

    private TensorComparison ema() {
        List<EmaStep.Recorded> recorded = new ArrayList<>();
        for (String name : golden.under("ema_after/")) {
            String own = names.ours(name);
            if (own != null) {
                boolean ofBlocks = Character.isDigit(name.charAt(0)); // a teacher of the blocks alone
                Tensor student = golden.tensor("param/" + (ofBlocks ? "blocks." + name : name));
                recorded.add(new EmaStep.Recorded(own, student, golden.tensor("ema_after/" + name)));
            }
        }
        return new EmaStep(model.teacher(), recorded).run();
    }

    private void compareGradients() {
        Map<String, Parameter> parameters = model.weights().parameters();
        for (String name : golden.under("grad/")) {
            String own = names.ours(name);
            Parameter parameter = own == null ? null : parameters.get(own);
            if (parameter == null) {
                gradients.missing("grad/" + name);
            } else {
                gradients.check("grad/" + name, parameter.value().grad(), golden.tensor("grad/" + name));
            }
        }
    }
}
