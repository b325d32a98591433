package org.data2vec4j.audio.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.data2vec4j.audio.data.decode.AudioDecoder;
import org.data2vec4j.audio.data.decode.Encoded;
import org.data2vec4j.audio.data.decode.WavBytes;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.tar.TarBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioSourcesTest {
    private static final AudioOptions RAW = AudioOptions.DEFAULT.withMemory(1 << 20, 0);

    @TempDir
    Path folder;

    private static byte[] wav(int samples) {
        return new WavBytes().of(new double[samples]);
    }

    private Path write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private Path write(String path, String text) throws IOException {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> transcripts(AudioSource source) {
        return IntStream.range(0, source.size())
                .mapToObj(i -> String.valueOf(source.transcript(i)))
                .toList();
    }

    @Test
    void aFolderOfClasses() throws IOException {
        write("set/yes/b.wav", wav(100));
        write("set/yes/a.WAV", new WavBytes().rate(8_000).of(new double[100]));
        write("set/no/deep/c.flac", Encoded.of("flac", "flac", 16_000, 1, new float[300]));
        write("set/README.md", "not a recording");
        write("set/.hidden/x.wav", wav(1));
        write("set/no/.x.wav", wav(1));
        try (AudioSource source = AudioSources.open(folder.resolve("set").toString(), RAW)) {
            assertThat(source.size()).isEqualTo(3);
            assertThat(source.classes()).containsExactly("no", "yes");
            assertThat(IntStream.range(0, 3).map(source::label)).containsExactly(0, 1, 1);
            assertThat(source.name(0)).endsWith("c.flac");
            assertThat(source.duration(0)).isEqualTo(300);
            assertThat(source.duration(1)).isEqualTo(200);
            for (int i = 0; i < 3; i++) {
                assertThat(source.read(i).samples()).hasSize(source.duration(i));
                assertThat(source.read(i).sampleRate()).isEqualTo(16_000);
                assertThat(source.transcript(i)).isNull();
                assertThat(source.speaker(i)).isNull();
            }
            assertThat(source.notes()).singleElement().asString().endsWith("1 other file passed over: .md 1");
            assertThat(source.fingerprint()).hasSize(32);
        }
    }

    @Test
    void sidecarTextsAreTranscriptsAndClasses() throws IOException {
        write("set/a.wav", wav(10));
        write("set/a.txt", " hello there \n");
        write("set/b.wav", wav(10));
        write("set/b.cls", "7");
        write("set/README.txt", "no transcript");
        write("set/transcription", "<s> so it goes </s> (c)\n");
        write("set/c.wav", wav(10));
        try (AudioSource source = AudioSources.open(folder.resolve("set").toString(), RAW)) {
            assertThat(transcripts(source)).containsExactly("hello there", "null", "so it goes");
            assertThat(source.classes()).containsExactly("7");
            assertThat(IntStream.range(0, 3).map(source::label)).containsExactly(-1, 0, -1);
            assertThat(source.notes()).hasSize(1);
            assertThat(source.notes().get(0))
                    .contains("1 of 3 recordings have no transcript")
                    .contains("b.wav");
        }
    }

    private static TarBytes librispeech() throws IOException {
        byte[] flac = Encoded.of("flac", "flac", 8_000, 1, new float[400]);
        return new TarBytes()
                .file("Set/train/19/1/19-1-0002.flac", flac)
                .text("Set/train/19/1/19-1.trans.txt", "19-1-0001 ONE TWO\n19-1-0002 THREE\n19-1-0009 GONE\n")
                .file("Set/train/19/1/19-1-0001.flac", flac)
                .file("Set/train/20/5/20-5-0000.flac", flac)
                .file("Set/train-other/30/1/30-1-0000.flac", flac)
                .text("Set/train-other/30/1/30-1.trans.txt", "30-1-0000 \n");
    }

    @Test
    void librispeechLayoutInAnArchive() throws IOException {
        Path tar = write("ls.tar", librispeech().finish());
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(librispeech().finish());
        }
        Path tgz = write("ls.tar.gz", zipped.toByteArray());
        for (Path file : List.of(tar, tgz)) {
            for (int memory : new int[] {0, 1 << 20}) {
                try (AudioSource source = AudioSources.open(file + "#train", RAW.withMemory(memory, 0))) {
                    assertThat(source.size()).isEqualTo(3);
                    assertThat(source.name(0)).isEqualTo(file + "!Set/train/19/1/19-1-0001.flac");
                    assertThat(transcripts(source)).containsExactly("ONE TWO", "THREE", "null");
                    assertThat(source.speaker(1)).isEqualTo("19");
                    assertThat(source.speaker(2)).isNull();
                    assertThat(source.classes()).isEmpty();
                    assertThat(source.label(0)).isEqualTo(-1);
                    assertThat(source.duration(0)).isEqualTo(800);
                    assertThat(source.read(2).samples()).hasSize(800);
                    assertThat(source.notes())
                            .hasSize(2)
                            .anySatisfy(note -> assertThat(note).contains("1 transcripts have no recording"))
                            .anySatisfy(note -> assertThat(note).contains("1 of 3 recordings have no transcript"));
                }
                try (AudioSource all = AudioSources.open(file.toString(), RAW.withMemory(memory, 0))) {
                    assertThat(all.size()).isEqualTo(4);
                    assertThat(transcripts(all)).contains("");
                }
            }
        }
        AudioSource closed = AudioSources.open(tar + "#train-other/30", RAW);
        assertThat(closed.size()).isEqualTo(1);
        closed.close();
        assertThatThrownBy(() -> closed.read(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> AudioSources.open(tar + "#dev", RAW))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("under a folder 'dev'");
    }

    @Test
    void labelsSpeakersAndSplitsFromNames() throws IOException {
        for (String name : List.of("0_ann_0", "0_bob_7", "10_ann_1", "2_ann_3", "other")) {
            write("digits/recordings/" + name + ".wav", wav(10));
        }
        String spec = folder.resolve("digits").toString();
        String pattern = "(?<label>\\d+)_(?<speaker>[a-z]+)_(?<split>\\d+)\\.wav";
        try (AudioSource all = AudioSources.open(spec, RAW.withLabels(pattern, null))) {
            assertThat(all.size()).isEqualTo(5);
            assertThat(all.classes()).containsExactly("0", "2", "10");
            assertThat(IntStream.range(0, 5).map(all::label)).containsExactly(0, 0, 2, 1, -1);
            assertThat(all.speaker(1)).isEqualTo("bob");
        }
        try (AudioSource test = AudioSources.open(spec, RAW.withLabels(pattern, "[0-4]"));
                AudioSource rest = AudioSources.open(spec, RAW.withLabels(pattern, "[5-9]|\\d\\d"))) {
            assertThat(test.size()).isEqualTo(3);
            assertThat(rest.size()).isEqualTo(1);
            assertThat(rest.name(0)).endsWith("0_bob_7.wav");
            assertThat(test.fingerprint()).isNotEqualTo(rest.fingerprint());
        }
        assertThatThrownBy(() -> AudioSources.open(spec, RAW.withLabels(pattern, "99")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("data.split '99'");
        assertThatThrownBy(() -> RAW.withLabels("(", null)).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> RAW.withLabels("\\d", null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("named groups");
        assertThatThrownBy(() -> RAW.withLabels("(?<label>\\d)", "1")).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> RAW.withMemory(-1, 0)).isInstanceOf(UserException.class);
    }

    @Test
    void fairseqManifests() throws IOException {
        write("audio/x/a.wav", wav(50));
        write("audio/b.wav", wav(60));
        Path manifest = write("train.tsv", folder.resolve("audio") + "\nx/a.wav\t50\nb.wav\t60\n\n");
        try (AudioSource bare = AudioSources.open(manifest.toString(), RAW)) {
            assertThat(transcripts(bare)).containsExactly("null", "null");
            assertThat(bare.duration(1)).isEqualTo(60);
        }
        write("train.ltr", "H I | Y O U |\nN O |\n");
        try (AudioSource letters = AudioSources.open(manifest.toString(), RAW)) {
            assertThat(transcripts(letters)).containsExactly("HI YOU", "NO");
        }
        write("train.wrd", "HI YOU\nNO\n");
        write("train.tsv", "audio\nx/a.wav\t50\ngone.wav\t60\n");
        try (AudioSource words = AudioSources.open(manifest.toString(), RAW)) {
            assertThat(transcripts(words)).containsExactly("HI YOU");
            assertThat(words.notes().get(0)).contains("1 of 2 recordings").contains("gone.wav in line 3");
        }
        write("train.wrd", "HI YOU\n");
        assertFails(manifest, "they must agree line by line");
        write("none.tsv", "audio\ngone.wav\t60\n");
        assertFails(folder.resolve("none.tsv"), "none of the 1 recordings it lists exists");
        write("none.tsv", "");
        assertFails(folder.resolve("none.tsv"), "is empty");
        write("none.tsv", "audio\n");
        assertFails(folder.resolve("none.tsv"), "lists no recordings");
    }

    @Test
    void jsonLines() throws IOException {
        write("a.wav", wav(50));
        write("sub/b.wav", wav(60));
        Path list = write(
                "list.jsonl",
                "{\"audio\": \"a.wav\", \"text\": \"hi\", \"label\": 3, \"speaker\": \"ann\", \"more\": [1]}\n\n"
                        + "{\"audio\": \"" + folder.resolve("sub/b.wav") + "\"}\n{\"audio\": \"gone.wav\"}\n");
        try (AudioSource source = AudioSources.open(list.toString(), RAW)) {
            assertThat(transcripts(source)).containsExactly("hi", "null");
            assertThat(source.classes()).containsExactly("3");
            assertThat(source.label(1)).isEqualTo(-1);
            assertThat(source.speaker(0)).isEqualTo("ann");
            assertThat(source.notes()).anySatisfy(note -> assertThat(note).contains("gone.wav in line 4"));
        }
        write("list.jsonl", "{\"audio\": \"a.wav\"\n");
        assertFails(list, "line 1 is no JSON");
        write("list.jsonl", "\n[1]\n");
        assertFails(list, "line 2 is no JSON object");
        write("list.jsonl", "{\"sound\": \"a.wav\"}\n");
        assertFails(list, "line 1 names no recording");
    }

    @Test
    void piecesOfRecordings() throws IOException {
        double[] ramp = new double[16_000];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i / 20_000.0;
        }
        byte[] whole = new WavBytes().of(ramp);
        write("a.wav", whole);
        float[] samples = AudioDecoder.decode(whole).samples();
        float[] doubled = new float[2 * samples.length];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = samples[i / 2];
        }
        write("b.flac", Encoded.of("flac", "flac", 32_000, 1, doubled));
        Path list = write("seg.jsonl", """
                {"audio": "a.wav", "offset": 0.0, "duration": 0.5, "text": "hi"}
                {"audio": "a.wav", "offset": 0.5, "duration": 0.51, "text": "you"}
                {"audio": "a.wav", "duration": 0.25}
                {"audio": "a.wav", "duration": 0.999}
                {"audio": "a.wav", "offset": "0.75"}
                {"audio": "a.wav", "offset": 0.75, "duration": 2}
                {"audio": "b.flac", "offset": 0.5, "duration": 0.25}
                """);
        try (AudioSource source = AudioSources.open(list.toString(), RAW)) {
            int[] starts = {0, 8_000, 0, 0, 12_000};
            int[] lengths = {8_000, 8_000, 4_000, 16_000, 4_000};
            for (int i = 0; i < starts.length; i++) {
                assertThat(source.duration(i)).as("piece %d", i).isEqualTo(lengths[i]);
                assertThat(source.read(i).samples())
                        .isEqualTo(Arrays.copyOfRange(samples, starts[i], starts[i] + lengths[i]));
            }
            assertThat(source.name(0)).endsWith("a.wav:0-0.5");
            assertThatThrownBy(() -> source.duration(5)).hasMessageContaining("beyond the recording's end at 1.000 s");
            assertThatThrownBy(() -> source.read(5)).hasMessageContaining("beyond the recording's end at 1.000 s");
            assertThat(source.duration(6)).isEqualTo(4_000);
            assertThat(source.read(6).samples()[2_000]).isCloseTo(samples[10_000], within(1e-3f));
        }
        write("seg.jsonl", "{\"audio\": \"a.wav\", \"offset\": \"half\"}\n");
        assertFails(list, "line 1: the offset is 'half'");
    }

    @Test
    void tablesOfOtherPrograms() throws IOException {
        write("clips/cv_1.wav", wav(50));
        write("clips/cv_2.wav", wav(60));
        write("wavs/LJ001-0001.wav", wav(70));
        String[][] tables = {
            {
                "train.tsv",
                "client_id\tpath\tsentence\nx\tcv_1.wav\t\"Hello you.\nx\tcv_2.wav\tGood day.\n",
                "\"Hello you."
            },
            {"nemo.json", "{\"audio_filepath\": \"clips/cv_1.wav\", \"duration\": 0.0031, \"text\": \"hi\"}\n", "hi"},
            {"hf.jsonl", "{\"file_name\": \"clips/cv_1.wav\", \"transcription\": \"hi\"}\n", "hi"},
            {"metadata.csv", "\uFEFFfile_name,text\nclips/cv_1.wav,\"hi, you\"\n", "hi, you"},
            {"lj/../metadata.csv", "LJ001-0001|Dr. No|Doctor No\n", "Doctor No"},
            {
                "cuts.jsonl",
                "{\"id\": \"c\", \"start\": 0, \"duration\": 0.0031, \"supervisions\": [{\"text\": \"cut\"}], \"recording\":"
                        + " {\"id\": \"r\", \"sources\": [{\"type\": \"file\", \"source\": \"clips/cv_1.wav\"}]}}\n",
                "cut"
            },
        };
        Files.createDirectories(folder.resolve("lj"));
        for (String[] table : tables) {
            Path list = write(table[0], table[1]);
            try (AudioSource source = AudioSources.open(list.toString(), RAW)) {
                assertThat(source.transcript(0)).as(table[0]).isEqualTo(table[2]);
                assertThat(source.duration(0)).isGreaterThan(40);
            }
        }
        write(
                "x_supervisions.jsonl",
                "{\"recording_id\": \"r\", \"start\": 0.001, \"duration\": 0.001, \"text\": \"part\"}\n");
        Path recordings =
                write("x_recordings.jsonl", "{\"id\": \"r\", \"sources\": [{\"source\": \"clips/cv_1.wav\"}]}\n");
        try (AudioSource source = AudioSources.open(recordings.toString(), RAW)) {
            assertThat(source.transcript(0)).isEqualTo("part");
        }
    }

    @Test
    void metadataInAFolder() throws IOException {
        write("set/a.wav", wav(50));
        write("set/wavs/LJ1.wav", wav(50));
        write("set/sub/b.wav", wav(50));
        write("set/metadata.csv", "LJ1|Dr. No|Doctor No\n");
        write("set/sub/metadata.jsonl", "{\"file_name\": \"b.wav\", \"text\": \"b\", \"speaker_id\": 7}\n");
        Files.write(folder.resolve("set/a.txt"), new byte[] {'n', 'a', (byte) 0xEF});
        try (AudioSource source = AudioSources.open(folder.resolve("set").toString(), RAW)) {
            assertThat(transcripts(source)).containsExactly("null", "b", "Doctor No");
            assertThat(source.speaker(1)).isEqualTo("7");
            assertThat(source.notes())
                    .anySatisfy(note -> assertThat(note)
                            .contains("1 transcript is not UTF-8")
                            .contains("a.txt"));
        }
    }

    @Test
    void anEmptyLastTranscriptIsOne() throws IOException {
        write("a.wav", wav(50));
        write("b.wav", wav(60));
        Path manifest = write("train.tsv", "\uFEFF.\r\na.wav\t50\r\nb.wav\t60\r\n");
        write("train.ltr", "\uFEFFH I |\n\n");
        try (AudioSource source = AudioSources.open(manifest.toString(), RAW)) {
            assertThat(source.size()).isEqualTo(2);
            assertThat(transcripts(source)).containsExactly("HI", "");
        }
        write("train.ltr", "H I |\n\n\n\n");
        try (AudioSource source = AudioSources.open(manifest.toString(), RAW)) {
            assertThat(transcripts(source)).containsExactly("HI", "");
        }
        write("train.ltr", "H I |\n");
        assertFails(manifest, "they must agree line by line");
    }

    @Test
    void whatCannotBeOpenedSaysWhatCan() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        write("a.pdf", "");
        write("x.tar", new TarBytes().text("a.txt", "").finish());
        assertFails(folder.resolve("empty"), "has no recordings");
        assertFails(folder.resolve("a.pdf"), "no known kind");
        assertFails(folder.resolve("x.tar"), "no recordings in");
        assertFails(folder.resolve("gone"), "does not exist");
        assertThatThrownBy(() -> AudioSources.open("synthetic:none")).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> AudioSources.open("synthetic:0")).isInstanceOf(UserException.class);
        write("one.wav", wav(5));
        try (AudioSource one = AudioSources.open(folder.resolve("one.wav").toString())) {
            assertThat(one.size()).isEqualTo(1);
            assertThat(one.read(0)).isSameAs(one.read(0)); // kept in memory
            assertThat(one.duration(0)).isEqualTo(5);
        }
        write("mono.mp3", Encoded.of("mp3", "libmp3lame", 16_000, 1, new float[8_000]));
        try (AudioSource mp3 = AudioSources.open(folder.resolve("mono.mp3").toString(), RAW)) {
            assertThat(mp3.duration(0)).isEqualTo(mp3.read(0).samples().length);
        }
    }

    private static void assertFails(Path spec, String reason) {
        assertThatThrownBy(() -> AudioSources.open(spec.toString(), RAW))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(reason);
    }
}
