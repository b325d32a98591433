package org.data2vec4j.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.text.data.TextLoader;
import org.data2vec4j.text.data.TextOptions;
import org.data2vec4j.text.model.TextPositions;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.BpeTrainer;
import org.data2vec4j.text.tokenizer.BpeTrainerConfig;
import org.data2vec4j.text.tokenizer.TokenizerJson;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.data.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextModalityTest {
    private static final TrainConfig TRAIN = new TrainConfig(1, 3, 1, 1, 1, 1, 1, 1);

    @TempDir
    Path folder;

    private final List<String> messages = new ArrayList<>();

    private static TextModality text(String tokenizer, int length, TextModality.Sequences sequences) {
        return new TextModality(
                tokenizer,
                300,
                length,
                sequences,
                TextOptions.Unit.LINE,
                "text",
                "",
                TextPositions.LEARNED,
                1e-5,
                0,
                false);
    }

    private TextDataset open(TextModality text, String data, Path run) {
        return text.open(data, new RunContext(run, TRAIN, 7, messages::add));
    }

    @Test
    void aTokenizerOfTheRunsOwnIsTrainedOnceAndKept() throws Exception {
        TextModality text = text("", 16, TextModality.Sequences.BLOCKS);
        TextDataset feed = open(text, "synthetic:50", folder);
        assertThat(messages).containsExactly("training a tokenizer of 300 tokens on synthetic:50");
        byte[] kept = Files.readAllBytes(folder.resolve("tokenizer.json"));
        TextDataset again = open(text, "synthetic:50", folder);
        assertThat(messages).hasSize(1);
        assertThat(again.fingerprint()).isEqualTo(feed.fingerprint());
        assertThat(Files.readAllBytes(folder.resolve("tokenizer.json"))).isEqualTo(kept);
        BpeTokenizer words = text.tokenizer(folder);
        assertThat(words.size()).isEqualTo(300);
        assertThat(words.decodeText(words.encode("The sailor sails."))).isEqualTo("The sailor sails.");
        // The tokens are found again by what they were made of: another tokenizer makes others.
        assertThat(open(text, "synthetic:51", folder).fingerprint()).isNotEqualTo(feed.fingerprint());
    }

    @Test
    void blocksRunAcrossDocumentsAndDocumentsDoNot() throws Exception {
        Path file = folder.resolve("text.txt");
        Files.writeString(file, "a b c d e f g h\ni j\n\nk l m n o p q r s t u v w x y z\n");
        TextDataset documents = open(text("", 8, TextModality.Sequences.DOCUMENTS), file.toString(), folder);
        assertThat(documents.size()).isEqualTo(3);
        assertThat(documents.description()).startsWith("3 documents of up to 8 tokens (");
        TextDataset blocks = open(text("", 8, TextModality.Sequences.BLOCKS), file.toString(), folder);
        assertThat(blocks.description()).contains(" blocks of 8 tokens (");
        assertThat(blocks.size()).isGreaterThan(3);
        assertThat(blocks.fingerprint()).isNotEqualTo(documents.fingerprint());
        try (Scope scope = Scope.open()) {
            TextBatch batch =
                    documents.loader(LoaderPosition.START, warning -> {}).next();
            Input input = text("", 8, TextModality.Sequences.DOCUMENTS).convert(batch, Device.CPU);
            assertThat(input.source().shape()).containsExactly(3, 8);
            long[] numbers = input.source().toLongs();
            for (int i = 0; i < 3; i++) {
                assertThat(numbers[8 * i]).isZero();
                assertThat(numbers[8 * i + input.lengths()[i] - 1]).isEqualTo(2);
                for (int t = input.lengths()[i]; t < 8; t++) {
                    assertThat(numbers[8 * i + t]).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void batchesGoOnFromAPosition() {
        TextDataset feed = open(text("", 16, TextModality.Sequences.BLOCKS), "synthetic:40", folder);
        TextLoader straight = feed.loader(LoaderPosition.START, warning -> {});
        LoaderPosition middle = null;
        for (int i = 0; i < 4; i++) {
            middle = straight.next().next();
        }
        TextLoader resumed = feed.loader(middle, warning -> {});
        for (int i = 0; i < 200; i++) { // over the epoch's end
            TextBatch a = straight.next();
            TextBatch b = resumed.next();
            assertThat(b.ids()).isEqualTo(a.ids());
            assertThat(b.tokens()).isEqualTo(a.tokens());
        }
    }

    @Test
    void aTokenizerThatDoesNotFitIsRefused() throws Exception {
        Path large = folder.resolve("large.json");
        TokenizerJson.write(trained(List.of("<s>", "<pad>", "</s>", "<unk>"), 320), large);
        refused(large, "has 320 tokens, but text.vocabulary is 300; set text.vocabulary=320");
        Path other = folder.resolve("other.json");
        TokenizerJson.write(trained(List.of("<pad>", "<s>", "</s>", "<unk>"), 280), other);
        refused(other, "numbers <s>, <pad>, </s> as 1, 0, 2; allowed: 0, 1, 2");
        Path none = folder.resolve("none.json");
        TokenizerJson.write(trained(List.of(), 280), none);
        refused(none, "has no token <s>");
        refused(folder.resolve("absent.json"), "does not exist");
        assertThatThrownBy(() -> text("", 16, TextModality.Sequences.BLOCKS).tokenizer(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("bring it back");
        assertThat(folder.resolve("tokenizer.json")).doesNotExist();
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> TextModality.of(3, 16)).hasMessageStartingWith("vocabulary is 3");
        assertThatThrownBy(() -> TextModality.of(300, 7)).hasMessageStartingWith("length is 7");
        assertThatThrownBy(() -> TextModality.of(300, 16).withDropout(1)).hasMessageStartingWith("dropout is 1");
        assertThat(TextModality.defaults().text().vocabulary()).isEqualTo(50_265);
    }

    private void refused(Path tokenizer, String message) {
        TextModality text = text(tokenizer.toString(), 16, TextModality.Sequences.BLOCKS);
        assertThatThrownBy(() -> open(text, "synthetic:50", folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(tokenizer.toString())
                .hasMessageContaining(message);
    }

    private static BpeTokenizer trained(List<String> specials, int size) {
        Iterator<byte[]> texts = List.of("to be or not to be that is the question whether it is nobler in the mind to"
                        + " suffer the slings and arrows of outrageous fortune or to take arms against a sea")
                .stream()
                .map(line -> (line + " " + line).getBytes(StandardCharsets.UTF_8))
                .iterator();
        return BpeTrainer.train(texts, new BpeTrainerConfig(size, 1, specials, 1));
    }

    @Test
    void wordsMustKnowTheirOrderSomehow() {
        TextModality placeless = new TextModality(
                "",
                300,
                16,
                TextModality.Sequences.BLOCKS,
                TextOptions.Unit.LINE,
                "text",
                "",
                TextPositions.NONE,
                1e-5,
                0,
                false);
        EncoderConfig orderless = new EncoderConfig(0, 1, 0, BlockConfig.of(16, 2));
        assertThatThrownBy(() -> placeless.checkFits(orderless)).hasMessageContaining("order");
        placeless.checkFits(new EncoderConfig(
                0,
                1,
                0,
                BlockConfig.of(16, 2),
                new PositionsConfig.None(),
                AttentionBiasConfig.Alibi.defaults(),
                0,
                0));
        text("", 16, TextModality.Sequences.BLOCKS).checkFits(orderless);
    }
}
