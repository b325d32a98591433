package org.data2vec4j.image.data;

import org.data2vec4j.core.Check;

/**
 * How {@link ImageSources#open} treats what it opens. {@code exifOrientation}: turn JPEG files as their EXIF header says.
 * {@code shardMemory}: bytes of heap for the pictures of compressed shards, beyond which they are unpacked to a temporary
 * folder. {@code decodedMemory}: bytes of heap for decoded pictures; 0 keeps none. {@code syntheticImageSize} and
 * {@code syntheticSeed}: side in pixels and seed of the synthetic pictures.
 */
public record SourceOptions(
        boolean exifOrientation, long shardMemory, long decodedMemory, int syntheticImageSize, long syntheticSeed) {
    /** No EXIF; a quarter of the largest heap for each memory; synthetic pictures of 32 pixels from seed 0. */
    public static final SourceOptions DEFAULT = new SourceOptions(false, quarterOfHeap(), quarterOfHeap(), 32, 0);

    /** Refuses negative memory and synthetic sides outside 8 to 1024. */
    public SourceOptions {
        Check.notNegative("shard_memory", (double) shardMemory);
        Check.notNegative("decoded_memory", (double) decodedMemory);
        Check.inRange("synthetic_image_size", syntheticImageSize, SyntheticImages.SMALLEST, SyntheticImages.LARGEST);
    }

    /** The same with EXIF orientation followed or not. */
    public SourceOptions withExifOrientation(boolean follow) {
        return new SourceOptions(follow, shardMemory, decodedMemory, syntheticImageSize, syntheticSeed);
    }

    /** The same with other memory limits, in bytes. */
    public SourceOptions withMemory(long shards, long decoded) {
        return new SourceOptions(exifOrientation, shards, decoded, syntheticImageSize, syntheticSeed);
    }

    /** The same with other synthetic pictures. */
    public SourceOptions withSynthetic(int imageSize, long seed) {
        return new SourceOptions(exifOrientation, shardMemory, decodedMemory, imageSize, seed);
    }

    private static long quarterOfHeap() {
        return Runtime.getRuntime().maxMemory() / 4;
    }
}
