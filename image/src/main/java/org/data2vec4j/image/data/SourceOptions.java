package org.data2vec4j.image.data;

import org.data2vec4j.core.Check;

/**
 * How {@link ImageSources#open} treats what it opens. {@code reading}: what is made of EXIF headers and transparency.
 * {@code shardMemory}: bytes of heap for the pictures of compressed shards, beyond which they are unpacked to a temporary
 * folder. {@code decodedMemory}: bytes of heap for decoded pictures; 0 keeps none. {@code syntheticImageSize} and
 * {@code syntheticSeed}: side in pixels and seed of the synthetic pictures.
 */
public record SourceOptions(
        ImageReading reading, long shardMemory, long decodedMemory, int syntheticImageSize, long syntheticSeed) {
    /** No EXIF; a quarter of the largest heap for each memory; synthetic pictures of 32 pixels from seed 0. */
    public static final SourceOptions DEFAULT =
            new SourceOptions(ImageReading.DEFAULT, quarterOfHeap(), quarterOfHeap(), 32, 0);

    /** Refuses negative memory and synthetic sides outside 8 to 1024. */
    public SourceOptions {
        Check.notNegative("shard_memory", (double) shardMemory);
        Check.notNegative("decoded_memory", (double) decodedMemory);
        Check.inRange("synthetic_image_size", syntheticImageSize, SyntheticImages.SMALLEST, SyntheticImages.LARGEST);
    }

    /** The same with pictures read otherwise. */
    public SourceOptions with(ImageReading other) {
        return new SourceOptions(other, shardMemory, decodedMemory, syntheticImageSize, syntheticSeed);
    }

    /** The same with other memory limits, in bytes. */
    public SourceOptions withMemory(long shards, long decoded) {
        return new SourceOptions(reading, shards, decoded, syntheticImageSize, syntheticSeed);
    }

    /** The same with other synthetic pictures. */
    public SourceOptions withSynthetic(int imageSize, long seed) {
        return new SourceOptions(reading, shardMemory, decodedMemory, imageSize, seed);
    }

    private static long quarterOfHeap() {
        return Runtime.getRuntime().maxMemory() / 4;
    }
}
