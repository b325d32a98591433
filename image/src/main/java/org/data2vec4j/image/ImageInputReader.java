package org.data2vec4j.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageDecoder;
import org.data2vec4j.image.data.ImageTransform;
import org.data2vec4j.image.data.RgbImage;
import org.data2vec4j.train.data.InputReader;

/** Single images, prepared for the model. */
public final class ImageInputReader implements InputReader {
    private final ImageModality modality;
    private final ImageTransform transform;
    private final int most;
    private final List<float[]> pixels = new ArrayList<>();

    /**
     * An empty reader.
     *
     * @param most how many images are to be computed at once
     */
    public ImageInputReader(ImageModality modality, int most) {
        this(modality, Augmentation.evaluation(modality.preparation()), most);
    }

    /**
     * An empty reader.
     *
     * @param view what is looked at of an image; nothing random
     * @param most how many images are to be computed at once
     */
    public ImageInputReader(ImageModality modality, Augmentation view, int most) {
        this.modality = modality;
        this.transform = new ImageTransform(modality.size(), view, modality.normalization());
        this.most = most;
    }

    @Override
    public String samples() {
        return modality.samples();
    }

    @Override
    public void add(byte[] file) {
        try {
            add(ImageDecoder.decode(file, modality.reading()));
        } catch (IOException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void add(BufferedImage image) {
        add(ImageDecoder.of(image));
    }

    /** Adds a decoded image. */
    public void add(RgbImage image) {
        float[] planes = new float[transform.length()];
        transform.apply(image, Rng.of(0), planes, 0);
        pixels.add(planes);
    }

    @Override
    public int size() {
        return pixels.size();
    }

    @Override
    public boolean full() {
        return size() >= most;
    }

    @Override
    public List<Batch> take() {
        if (pixels.isEmpty()) {
            return List.of();
        }
        int count = size();
        int each = transform.length();
        float[] all = new float[Math.multiplyExact(count, each)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(pixels.get(i), 0, all, i * each, each);
        }
        pixels.clear();
        int height = modality.size().height();
        int width = modality.size().width();
        return List.of(new ImageBatch(new long[count], new int[count], 3, height, width, all, LoaderPosition.START, 0));
    }
}
