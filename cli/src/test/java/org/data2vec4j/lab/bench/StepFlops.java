package org.data2vec4j.lab.bench;

import org.data2vec4j.image.ImageModality;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * By formula, beside which the counted operations are checked.  * The floating-point operations that an update's matrix products need, counted from its configuration; a multiply and an add are
 * two. Norms, activations, losses, the optimiser and the teacher's move are not products and count nothing, nor does any work
 * that an implementation does beyond what is needed.
 *
 * <p>B samples, M clones, R = B·M rows, T positions, V visible, N masked, E extra tokens, D width, F hidden features, L blocks
 * (pre-net and shared), P numbers in a patch. A product's backward pass is two products of its size, so that what is trained
 * counts 3 times its forward pass:
 *
 * <ul>
 *   <li>a block over S tokens: 2·S·D·(3D + D + 2F) for its linear layers and 4·S²·D for attention's two products;
 *   <li>patch embedding: 2·B·T·P·D, 2 times in the student (nothing needs the pixels' gradient) and once in the teacher;
 *   <li>student: 3·R·L blocks over V + E tokens; teacher: B·L blocks over T + E tokens;
 *   <li>decoder, each convolution of C_in to C channels in g groups: 3·2·R·T·C·(C_in/g)·k²;
 *   <li>its projection, masked positions only, each layer: 3·2·R·N·in·out; and the reconstruction's, if there is one.
 * </ul>
 *
 * @param patches patch embedding of student and teacher
 * @param student the student's blocks, forward and backward
 * @param teacher the teacher's blocks
 * @param convolutions the decoder's convolutions, forward and backward
 * @param projections the decoder's projection and the reconstruction, forward and backward
 */
record StepFlops(long patches, long student, long teacher, long convolutions, long projections) {
    private static final int TRAINED = 3;

    /** Counts an update of one micro-batch times {@code train.accumulate}; the decoder must be the convolutional one. */
    public static StepFlops of(PretrainConfig config) {
        ImageModality image = (ImageModality) config.modality();
        Data2Vec2Config method = (Data2Vec2Config) config.method();
        ConvDecoderConfig decoder = (ConvDecoderConfig) method.decoder();
        Grid grid = image.image().grid();
        int masked = method.mask().masked(grid);
        EncoderConfig encoder = config.model();
        long samples = (long) config.train().batch() * config.train().accumulate();
        long rows = samples * method.clones();
        long positions = grid.size();
        long piece = (long) image.channels() * image.patch() * image.patch();
        long blocks = (long) encoder.prenet() + encoder.depth();
        long width = encoder.width();

        long reconstruction = method.loss().reconstruction() == 0 ? 0 : 2 * width * piece;
        return new StepFlops(
                TRAINED * 2 * samples * positions * piece * width, // 2 of the student, 1 of the teacher
                TRAINED * rows * blocks * block(encoder, positions - masked + encoder.extraTokens()),
                samples * blocks * block(encoder, positions + encoder.extraTokens()),
                TRAINED * rows * positions * convolutions(decoder, width),
                TRAINED * rows * masked * (projection(decoder, width) + reconstruction));
    }

    /** All of them. */
    public long total() {
        return patches + student + teacher + convolutions + projections;
    }

    /** One block's forward pass over one row of tokens. */
    private static long block(EncoderConfig encoder, long tokens) {
        long width = encoder.width();
        long hidden = Math.round(width * encoder.block().mlpRatio());
        return 2 * tokens * width * (4 * width + 2 * hidden) + 4 * tokens * tokens * width;
    }

    /** All convolutions' forward pass at one position. */
    private static long convolutions(ConvDecoderConfig decoder, long tokenWidth) {
        long window = (long) decoder.kernel() * decoder.kernel();
        long inputs = tokenWidth + (decoder.layers() - 1L) * decoder.width();
        return 2L * decoder.width() * (inputs / decoder.groups()) * window;
    }

    /** The projection's forward pass at one position. */
    private static long projection(ConvDecoderConfig decoder, long tokenWidth) {
        long hidden = (long) (decoder.width() * decoder.projectionRatio());
        int layers = decoder.projectionLayers();
        return layers == 1
                ? 2L * decoder.width() * tokenWidth
                : 2L * (decoder.width() * hidden + (layers - 2) * hidden * hidden + hidden * tokenWidth);
    }
}
