package org.data2vec4j.interop.huggingface;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.MiddleBox;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.Preparation;
import org.data2vec4j.image.data.ResampleFilter;
import org.data2vec4j.image.data.ResizeRule;
import org.data2vec4j.image.data.ResizeThenCrop;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The settings of an image processor, as a preparation of ours. Whatever has no counterpart is refused by name, and so is a setting
 * that is left out where {@code transformers} 4 and 5 take different values for it.
 *
 * @param config the processor's settings; empty if the folder has none
 * @param type the model's type, which decides the class where the settings do not
 */
record HfImageProcessor(HfConfig config, String type) {
    /** The processor that crops the middle square of a picture before it resizes it, as ours. */
    static final String CROPS_FIRST = "PerceiverImageProcessor";

    /** Pillow's numbers of its kernels. */
    static final List<ResampleFilter> FILTERS = List.of(
            ResampleFilter.NEAREST,
            ResampleFilter.LANCZOS,
            ResampleFilter.BILINEAR,
            ResampleFilter.BICUBIC,
            ResampleFilter.BOX,
            ResampleFilter.HAMMING);

    private static final String CROP = "do_center_crop";
    private static final String CROP_SIZE = "crop_size";
    private static final String RESIZE = "do_resize";
    private static final String SIZE = "size";
    private static final Set<String> HARMLESS = Set.of("do_reduce_labels", "do_convert_rgb");
    private static final Set<String> KNOWN = Set.of(CROP, RESIZE, "do_rescale", "do_normalize");
    private static final Normalization CLIP =
            new Normalization(List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));
    private static final Map<String, Defaults> CLASSES = Map.of(
            "Beit", new Defaults(null, null, null, ResampleFilter.BICUBIC, Normalization.GENERIC, true),
            "ViT", new Defaults(square(224), false, null, ResampleFilter.BILINEAR, Normalization.GENERIC, true),
            "DeiT", new Defaults(square(256), true, 224, ResampleFilter.BICUBIC, Normalization.GENERIC, true),
            "CLIP", new Defaults(shortest(224), true, 224, ResampleFilter.BICUBIC, CLIP, false),
            "Bit", new Defaults(shortest(224), true, 224, ResampleFilter.BICUBIC, CLIP, false),
            "Perceiver", new Defaults(square(224), true, 256, ResampleFilter.BICUBIC, Normalization.IMAGENET, true));

    /** What a class does where its settings leave something out; null where the versions differ. */
    private record Defaults(
            @Nullable ResizeRule resize,
            @Nullable Boolean crops,
            @Nullable Integer crop,
            ResampleFilter filter,
            Normalization normalization,
            boolean square) {}

    private static ResizeRule square(int side) {
        return new ResizeRule.Exact(ImageSize.square(side));
    }

    private static ResizeRule shortest(int side) {
        return new ResizeRule.ShortestEdge(side, 0);
    }

    private String name() {
        String usual = type.startsWith("vit") ? "ViTImageProcessor" : "BeitImageProcessor";
        return config.text("image_processor_type", config.text("feature_extractor_type", usual))
                .replaceFirst("(Fast|Pil)$", "")
                .replaceFirst("(ImageProcessor|FeatureExtractor)$", "");
    }

    private Defaults defaults() {
        Defaults known = CLASSES.get(name());
        if (known == null) {
            throw config.wrong(
                    config.has("image_processor_type") ? "image_processor_type" : "feature_extractor_type",
                    "the image processors of BEiT, ViT, DeiT, CLIP, BiT and Perceiver");
        }
        return known;
    }

    /** Whether the folder says nothing of how pictures are prepared. */
    boolean unknown() {
        return config.root().isEmpty();
    }

    /** How pictures are brought to the model's size. */
    Preparation preparation(ImageSize size) {
        if (unknown()) {
            return ResizeThenCrop.squash(size, ResampleFilter.BICUBIC); // as data2vec-vision and BEiT were published
        }
        config.root().propertyNames().forEach(this::checkKnown);
        Defaults usual = defaults();
        if (name().equals("Perceiver")) {
            return cropsFirst(size, usual);
        }
        ResizeRule rule = config.flag(RESIZE, true) ? rule(usual) : new ResizeRule.Keep();
        boolean crops = crops(usual);
        if (crops && name().equals("ViT")) {
            throw config.wrong(
                    CROP, "false; transformers 4 takes no notice of it in " + name() + "ImageProcessor, 5 crops");
        }
        if (crops) {
            Integer side = usual.crop();
            ImageSize crop = config.has(CROP_SIZE) ? exact(CROP_SIZE) : side == null ? null : ImageSize.square(side);
            if (crop == null) {
                throw leftOut(CROP_SIZE);
            }
            checkFits(CROP_SIZE, crop, size);
        } else if (rule instanceof ResizeRule.Exact one) {
            checkFits(SIZE, one.size(), size);
        } else {
            throw config.wrong(
                    rule instanceof ResizeRule.Keep ? RESIZE : SIZE,
                    "pictures of one size, by height and width, or by " + CROP + " true and " + CROP_SIZE);
        }
        return new ResizeThenCrop(rule, filter(usual));
    }

    private void checkKnown(String key) {
        if (key.startsWith("do_") && !KNOWN.contains(key) && !HARMLESS.contains(key) && config.flag(key, false)) {
            throw config.wrong(key, "false");
        }
    }

    private Preparation cropsFirst(ImageSize size, Defaults usual) {
        config.only(RESIZE, config.flag(RESIZE, true), "true");
        config.only(CROP, config.flag(CROP, true), "true");
        config.only("resample", filter(usual) == ResampleFilter.BICUBIC, "3 (bicubic)");
        ImageSize to = config.has(SIZE) ? exact(SIZE) : ImageSize.square(224);
        ImageSize crop = config.has(CROP_SIZE) ? exact(CROP_SIZE) : ImageSize.square(256);
        config.only(CROP_SIZE, crop.equals(to) && to.isSquare(), "the same square as size");
        checkFits(SIZE, to, size);
        return new MiddleBox();
    }

    private boolean crops(Defaults usual) {
        Boolean otherwise = usual.crops();
        if (!config.has(CROP) && otherwise == null) {
            throw leftOut(CROP);
        }
        return config.flag(CROP, Boolean.TRUE.equals(otherwise));
    }

    private UserException leftOut(String key) {
        return config.wrong(
                key,
                "a value; transformers 4 and 5 take different ones where it is left out of " + name()
                        + "ImageProcessor");
    }

    private void checkFits(String key, ImageSize given, ImageSize size) {
        config.only(key, given.equals(size), "the model's image_size, " + size);
    }

    private ResizeRule rule(Defaults usual) {
        if (!config.has(SIZE)) {
            ResizeRule otherwise = usual.resize();
            if (otherwise == null) {
                throw leftOut(SIZE);
            }
            return otherwise;
        }
        JsonNode size = config.root().path(SIZE);
        if (size.isIntegralNumber() && !usual.square()) {
            return shortest(config.integer(SIZE, 0));
        }
        if (size.isObject()) {
            HfConfig keys = new HfConfig(size);
            if (keys.has("shortest_edge")) {
                return new ResizeRule.ShortestEdge(keys.integer("shortest_edge", 0), keys.integer("longest_edge", 0));
            }
            if (keys.has("max_height") && keys.has("max_width")) {
                return new ResizeRule.Within(keys.integer("max_height", 0), keys.integer("max_width", 0));
            }
        }
        return new ResizeRule.Exact(exact(SIZE));
    }

    /** A size of one form: a side, height and width as a list, or by their names. */
    private ImageSize exact(String key) {
        JsonNode size = config.root().path(key);
        if (size.isIntegralNumber()) {
            return ImageSize.square(config.integer(key, 0));
        }
        if (size.isArray() && size.size() == 2) {
            List<Integer> sides = config.integers(key, List.of());
            return new ImageSize(sides.get(0), sides.get(1));
        }
        if (size.isObject() && size.hasNonNull("height") && size.hasNonNull("width")) {
            HfConfig sides = new HfConfig(size);
            return new ImageSize(sides.integer("height", 0), sides.integer("width", 0));
        }
        throw config.wrong(
                key,
                "a side, [height, width], {\"height\", \"width\"}"
                        + (key.equals(SIZE) ? ", {\"shortest_edge\"}, {\"max_height\", \"max_width\"}" : ""));
    }

    private ResampleFilter filter(Defaults usual) {
        if (!config.has("resample")) {
            return usual.filter();
        }
        int number = config.integer("resample", 0);
        config.only("resample", number >= 0 && number < FILTERS.size(), "0 to 5");
        return FILTERS.get(number);
    }

    /** Of levels divided by 255, whatever the processor's own factor is. */
    Normalization normalization() {
        if (unknown()) {
            return Normalization.GENERIC;
        }
        Normalization usual = defaults().normalization();
        boolean normalizes = config.flag("do_normalize", true);
        List<Double> mean = normalizes ? colors("image_mean", usual.mean()) : Collections.nCopies(3, 0.0);
        List<Double> std = normalizes ? colors("image_std", usual.std()) : Collections.nCopies(3, 1.0);
        double factor = config.flag("do_rescale", true) ? config.number("rescale_factor", 1.0 / 255) : 1;
        config.only("rescale_factor", factor > 0, "a number above 0");
        double unit = Math.abs(factor * 255 - 1) < 1e-9 ? 1 : factor * 255;
        return new Normalization(
                mean.stream().map(value -> value / unit).toList(),
                std.stream().map(value -> value / unit).toList());
    }

    private List<Double> colors(String key, List<Double> otherwise) {
        List<Double> values = config.root().path(key).isNumber()
                ? Collections.nCopies(3, config.number(key, 0))
                : config.numbers(key, otherwise);
        config.only(key, values.size() == 3, "3 numbers, or one for all");
        return values;
    }
}
