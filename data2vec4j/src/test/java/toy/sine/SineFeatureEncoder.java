package toy.sine;

import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.tensor.Tensor;

/** Pieces of a wave, each projected to a token. */
final class SineFeatureEncoder extends FeatureEncoder {
    private final int patch;
    private final Linear projection;

    SineFeatureEncoder(int patch, int width) {
        this.patch = patch;
        this.projection = child("projection", Linear.standard(patch, width));
    }

    @Override
    public Layout layout(Input input) {
        return Layout.of(Grid.row((int) input.source().size(1) / patch), (int)
                input.source().size(0));
    }

    @Override
    public Tensor tokens(Input input, Layout layout) {
        return projection.forward(patches(input.source()));
    }

    @Override
    public int axes() {
        return 1;
    }

    @Override
    public Tensor patches(Tensor source) {
        return source.view(source.size(0), source.size(1) / patch, patch);
    }

    @Override
    public int patchSize() {
        return patch;
    }
}
