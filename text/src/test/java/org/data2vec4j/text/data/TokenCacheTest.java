package org.data2vec4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.BpeTrainer;
import org.data2vec4j.text.tokenizer.BpeTrainerConfig;
import org.data2vec4j.text.tokenizer.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCacheTest {
    private static final SyntheticText SOURCE = new SyntheticText(200, 1);
    private static final BpeTokenizer TOKENIZER = BpeTrainer.train(
            IntStream.range(0, 100)
                    .mapToObj(i -> SOURCE.document(i).getBytes(StandardCharsets.UTF_8))
                    .iterator(),
            BpeTrainerConfig.ofSize(400));

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void holdsEveryDocumentWithItsEnd() {
        TokenCache cache = open(SOURCE, TOKENIZER);
        assertThat(cache.documents()).isEqualTo(200);
        long at = 0;
        for (int i = 0; i < 200; i++) {
            int[] expected = TOKENIZER.encode(SOURCE.document(i));
            assertThat(cache.offset(i)).isEqualTo(at);
            int[] tokens = new int[expected.length + 1];
            cache.copy(at, tokens.length, tokens, 0);
            assertThat(tokens).startsWith(expected).endsWith(2);
            at += tokens.length;
        }
        assertThat(cache.tokens()).isEqualTo(at).isEqualTo(cache.offset(200));
    }

    @Test
    void isMadeOnceWhateverTheThreadsAndAgainForOtherText() throws IOException {
        TokenCache first = TokenCache.open(SOURCE, TOKENIZER, folder, 1, warnings::add);
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(5));
        open(SOURCE, TOKENIZER);
        assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(5);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1)); // cut off: made anew
        TokenCache again = open(SOURCE, TOKENIZER);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
        Files.write(file, new byte[7]);
        assertThat(open(SOURCE, TOKENIZER).tokens()).isEqualTo(first.tokens());
        open(new SyntheticText(201, 1), TOKENIZER);
        assertThat(files()).hasSize(2);
    }

    @Test
    void aDamagedFileIsNoticedAndMadeAgain() throws IOException {
        open(SOURCE, TOKENIZER);
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {TokenCache.HEADER, bytes.length / 2, bytes.length - 3}) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 1;
            Files.write(file, flipped);
            warnings.clear();
            open(SOURCE, TOKENIZER);
            assertThat(warnings).containsExactly("the file of tokens " + file + " is damaged, and is made again");
            assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        }
        byte[] earlier = bytes.clone(); // earlier versions wrote no checksum
        Arrays.fill(earlier, TokenCache.CHECKED, TokenCache.CHECKED + 8, (byte) 0);
        Files.write(file, earlier);
        warnings.clear();
        open(SOURCE, TOKENIZER);
        assertThat(warnings).isEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(earlier);
    }

    @Test
    void wideVocabulariesTakeFourBytes() throws IOException {
        List<String> names = new ArrayList<>(TOKENIZER.vocabulary().tokens());
        for (int i = names.size(); i < 70_000; i++) {
            names.add("madeupword" + i);
        }
        Collections.swap(names, TOKENIZER.id("a"), 69_999);
        BpeTokenizer wide = new BpeTokenizer(
                new Vocabulary(names, List.of(), TOKENIZER.vocabulary().added(), "wide"));
        Path text = Files.writeString(folder.resolve("a.txt"), "banana");
        TokenCache cache = open(TextSources.open(text.toString(), TextOptions.DEFAULT), wide);
        int[] tokens = new int[7];
        cache.copy(0, 7, tokens, 0);
        assertThat(tokens).contains(69_999).isEqualTo(new DocumentBody(wide, "banana").tokens());
    }

    private record DocumentBody(BpeTokenizer tokenizer, String text) {
        int[] tokens() {
            int[] body = tokenizer.encode(text);
            int[] all = Arrays.copyOf(body, body.length + 1);
            all[body.length] = 2;
            return all;
        }
    }

    @Test
    void whatWasSkippedIsRemembered() throws IOException {
        Files.writeString(folder.resolve("a.jsonl"), "bad\n{\"text\":\"\"}\n{\"text\":\"good\"}\n");
        TextSource source = TextSources.open(folder.toString(), TextOptions.DEFAULT);
        for (int round = 0; round < 2; round++) {
            TokenCache cache = open(source, TOKENIZER);
            assertThat(cache.documents()).isEqualTo(1);
            assertThat(cache.skipped()).isEqualTo(1);
            assertThat(cache.complaints()).containsExactly(folder.resolve("a.jsonl") + ":1: the line is not JSON");
        }
        assertThat(warnings).hasSize(1);
    }

    @Test
    void nothingUsableIsOneClearLineAndLeavesNoFile() throws IOException {
        Path text = Files.writeString(folder.resolve("a.jsonl"), "bad\n");
        assertThatThrownBy(() -> open(TextSources.open(text.toString(), TextOptions.DEFAULT), TOKENIZER))
                .isInstanceOf(UserException.class)
                .hasMessage("data " + text + " has no text that can be used; the first of 1 skipped is " + text
                        + ":1: the line is not JSON");
        assertThat(files()).containsExactly(text);
    }

    @Test
    void blocksRunAcrossDocuments() {
        TokenCache cache = open(SOURCE, TOKENIZER);
        BlockSamples blocks = new BlockSamples(cache, 33);
        int[] all = new int[(int) cache.tokens()];
        cache.copy(0, all.length, all, 0);
        assertThat(blocks.count()).isEqualTo((all.length + 31) / 32);
        int at = 0;
        for (int i = 0; i < blocks.count(); i++) {
            int[] block = new int[blocks.length(i) + 2];
            blocks.copy(i, block, 2);
            assertThat(block[2]).isZero();
            assertThat(Arrays.copyOfRange(block, 3, block.length))
                    .isEqualTo(Arrays.copyOfRange(all, at, at + block.length - 3));
            at += block.length - 3;
        }
        assertThat(at).isEqualTo(all.length);
        assertThatThrownBy(() -> new BlockSamples(cache, 1)).isInstanceOf(UserException.class);
    }

    @Test
    void documentsAreCutToLength() {
        TokenCache cache = open(SOURCE, TOKENIZER);
        DocumentSamples samples = new DocumentSamples(cache, 40);
        int cut = 0;
        for (int i = 0; i < samples.count(); i++) {
            int[] body = TOKENIZER.encode(SOURCE.document(i));
            int[] tokens = new int[samples.length(i)];
            samples.copy(i, tokens, 0);
            int kept = Math.min(body.length, 38);
            cut += kept < body.length ? 1 : 0;
            assertThat(tokens).hasSize(kept + 2).startsWith(0).endsWith(2);
            assertThat(Arrays.copyOfRange(tokens, 1, kept + 1)).isEqualTo(Arrays.copyOf(body, kept));
        }
        assertThat(cut).isBetween(20, 199);
    }

    @Test
    void loaderGoesOnExactlyFromEveryBatch() {
        TextSamples samples = new DocumentSamples(open(SOURCE, TOKENIZER), 64);
        List<TextBatch> all = batches(samples, LoaderPosition.START, 30);
        for (int k = 0; k < 25; k += 4) {
            List<TextBatch> rest = batches(samples, all.get(k).next(), 3);
            for (int i = 0; i < 3; i++) {
                TextBatch expected = all.get(k + 1 + i);
                assertThat(rest.get(i).ids()).isEqualTo(expected.ids());
                assertThat(rest.get(i).tokens()).isEqualTo(expected.tokens());
                assertThat(rest.get(i).lengths()).isEqualTo(expected.lengths());
                assertThat(rest.get(i).next()).isEqualTo(expected.next());
            }
        }
        assertThat(all.stream()
                        .limit(13)
                        .flatMapToLong(batch -> Arrays.stream(batch.ids()))
                        .limit(200))
                .doesNotHaveDuplicates();
        TextBatch batch = all.get(0);
        assertThat(batch.targets()).isNull();
        assertThat(batch.width()).isEqualTo(Arrays.stream(batch.lengths()).max().getAsInt());
        for (int row = 0; row < batch.size(); row++) {
            for (int t = 0; t < batch.width(); t++) {
                boolean padding = batch.tokens()[row * batch.width() + t] == 1;
                assertThat(padding).isEqualTo(t >= batch.lengths()[row]);
            }
        }
    }

    @Test
    void passReadsEachOnceWithTargets() {
        LabelledData data = LabelledData.synthetic(0, 23, 1);
        TextSamples samples = new LabelledSamples(data.texts(), TOKENIZER, 64);
        SequentialTextLoader pass = new SequentialTextLoader(samples, 10, 999);
        for (int round = 0; round < 2; round++) {
            List<Long> ids = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            for (TextBatch batch : pass) {
                Arrays.stream(batch.ids()).forEach(ids::add);
                sizes.add(batch.size());
                for (int i = 0; i < batch.size(); i++) {
                    assertThat(batch.targets()[i]).isEqualTo(SOURCE.label((int) batch.ids()[i]));
                }
            }
            assertThat(ids).hasSize(23).isSorted().doesNotHaveDuplicates();
            assertThat(sizes).containsExactly(10, 10, 3);
        }
        assertThat(new SequentialTextLoader(samples, 10, 5)).hasSize(1);
    }

    @Test
    void aTokenizerWithoutSpecialTokensIsRefused() {
        BpeTokenizer bare = BpeTrainer.train(Collections.emptyIterator(), new BpeTrainerConfig(256, 2, List.of(), 1));
        assertThatThrownBy(() -> open(SOURCE, bare))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has no token <s>");
    }

    private List<TextBatch> batches(TextSamples samples, LoaderPosition start, int count) {
        List<TextBatch> batches = new ArrayList<>();
        try (TextLoader loader = new TextLoader(samples, 16, 9, start, List.of("one"))) {
            for (int i = 0; i < count; i++) {
                batches.add(loader.next());
            }
            assertThat(loader.skippedFiles()).containsExactly("one");
        }
        return batches;
    }

    private TokenCache open(TextSource source, BpeTokenizer tokenizer) {
        return TokenCache.open(source, tokenizer, folder, 3, warnings::add);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
