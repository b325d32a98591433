package org.data2vec4j.image.data;

import java.nio.file.Path;
import org.data2vec4j.data.tar.ShardStore;
import org.jspecify.annotations.Nullable;

/** An image entry of a shard: where its {@code size} bytes are ({@code place} in {@code store}) and the text of its class, if any. */
record ShardImage(
        Path shard,
        String entry,
        ShardStore store,
        long place,
        int size,
        @Nullable String classText) {}
