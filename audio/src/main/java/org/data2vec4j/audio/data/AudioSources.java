package org.data2vec4j.audio.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.data2vec4j.audio.data.decode.AudioDecoder;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.parquet.ParquetSelection;
import org.data2vec4j.data.tar.ShardSelection;
import org.data2vec4j.data.text.TableReader;

/** Opens recordings from the one word a user gives for them. */
public final class AudioSources {
    /** Utterances in {@code synthetic} when no number is given. */
    public static final int SYNTHETIC_SIZE = 10_000;

    private static final Pattern SYNTHETIC = Pattern.compile("(synthetic|synthetic-units)(?::(.*))?");
    private static final Pattern IN_SHARD =
            Pattern.compile("(.*\\.(?:tar|tar\\.gz|tgz))#(.*?)/*", Pattern.CASE_INSENSITIVE);
    private static final int MOST_SYNTHETIC = 100_000_000;
    private static final String FORMS =
            "; give a folder of recordings, tar shards, a .tsv, .csv, .jsonl or .parquet list, or 'synthetic'";

    private AudioSources() {}

    /** {@link #open(String, AudioOptions)} with {@link AudioOptions#DEFAULT}. */
    public static AudioSource open(String spec) {
        return open(spec, AudioOptions.DEFAULT);
    }

    /**
     * The source that {@code spec} names: {@code synthetic} or {@code synthetic:N} (utterances), {@code synthetic-units:N} (single
     * units with classes); a folder, recursively (class sub-folders, or the LibriSpeech layout); a .tar, .tar.gz or .tgz file,
     * {@code FILE.tar#FOLDER} for one folder inside, a folder of shards, or such a folder followed by a prefix or glob; a fairseq
     * manifest {@code .tsv} (with {@code .wrd} or {@code .ltr} beside it); a table {@code .tsv}, {@code .csv}, {@code .jsonl} or
     * {@code .json} that names files in a column (see {@link AudioTable}); Parquet files
     * (see {@link ParquetSelection}); or one recording. Throws
     * {@link UserException} when there is no such thing or no recording in it.
     */
    public static AudioSource open(String spec, AudioOptions options) {
        Matcher synthetic = SYNTHETIC.matcher(spec);
        if (synthetic.matches()) {
            int size = synthetic.group(2) == null ? SYNTHETIC_SIZE : syntheticSize(spec, synthetic.group(2));
            return new SyntheticSpeech(size, synthetic.group(1).endsWith("units"), options.syntheticSeed());
        }
        AudioSource source = files(spec, options);
        return options.decodedMemory() > 0 ? new CachedAudio(source, options.decodedMemory()) : source;
    }

    private static AudioSource files(String spec, AudioOptions options) {
        ParquetSelection tables = ParquetSelection.of(spec, AudioDecoder::isAudio);
        if (tables != null) {
            return parquet(tables, options);
        }
        Matcher inShard = IN_SHARD.matcher(spec);
        boolean folderInside = inShard.matches();
        List<Path> shards = ShardSelection.select(folderInside ? inShard.group(1) : spec);
        if (!shards.isEmpty()) {
            return shards(shards, folderInside ? inShard.group(2) : "", options);
        }
        Path path = existing(folderInside ? inShard.group(1) : spec);
        if (Files.isDirectory(path)) {
            return AudioFiles.of(AudioFolder.list(path), options, () -> {});
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (TableReader.isTable(name)) {
            AudioListing listing = AudioTable.isTable(path) ? AudioTable.list(path) : FairseqManifest.list(path);
            return AudioFiles.of(listing, options, () -> {});
        }
        if (AudioDecoder.isAudio(name)) {
            AudioEntry entry = new AudioEntry(
                    spec,
                    String.valueOf(path.getFileName()),
                    new AudioBytes.InFile(path),
                    path.toFile().length());
            return AudioFiles.of(new AudioListing(List.of(entry), Map.of(), List.of()), options, () -> {});
        }
        throw new UserException("data " + spec + " is a file of no known kind" + FORMS);
    }

    private static AudioSource parquet(ParquetSelection selection, AudioOptions options) {
        AudioParquet tables = new AudioParquet(selection);
        boolean complete = false;
        try {
            AudioSource source = AudioFiles.of(tables.list(), options, tables::close);
            complete = true;
            return source;
        } finally {
            if (!complete) {
                tables.close();
            }
        }
    }

    private static AudioSource shards(List<Path> files, String folder, AudioOptions options) {
        AudioShards shards = new AudioShards();
        boolean complete = false;
        try {
            AudioSource source =
                    AudioFiles.of(shards.list(files, folder, options.shardMemory()), options, shards::close);
            complete = true;
            return source;
        } finally {
            if (!complete) {
                shards.close();
            }
        }
    }

    private static Path existing(String spec) {
        try {
            Path path = Path.of(spec);
            if (!spec.isEmpty() && Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw FileFailure.noPath(spec, e);
        }
        throw new UserException("data '" + spec + "' does not exist, as a path or as the beginning of tar shard names"
                + FileFailure.localeAdvice() + FORMS);
    }

    private static int syntheticSize(String spec, String digits) {
        try {
            int size = Integer.parseInt(digits);
            if (size >= 1 && size <= MOST_SYNTHETIC) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new UserException(
                    "data '" + spec + "' needs a whole number after the colon, as in synthetic:2000", e);
        }
        throw new UserException(
                "data '" + spec + "' asks for " + digits + " utterances; allowed: 1 to " + MOST_SYNTHETIC);
    }
}
