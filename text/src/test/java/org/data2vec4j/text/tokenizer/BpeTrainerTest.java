package org.data2vec4j.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BpeTrainerTest {
    @Test
    void learnsWhatHuggingFacesTrainerLearns() {
        for (JsonNode golden : Golden.ROOT.path("trained")) {
            BpeTrainerConfig config = new BpeTrainerConfig(
                    golden.path("size").asInt(), golden.path("minimum").asInt(), BpeTrainerConfig.ROBERTA_SPECIALS, 2);
            Vocabulary vocabulary = BpeTrainer.train(Golden.documents(), config).vocabulary();
            assertThat(vocabulary.tokens()).isEqualTo(Golden.strings(golden.path("tokens")));
            assertThat(vocabulary.merges().stream()
                            .map(merge -> vocabulary.tokens().get(merge.left()) + " "
                                    + vocabulary.tokens().get(merge.right())))
                    .isEqualTo(Golden.strings(golden.path("merges")));
        }
    }

    @Test
    void threadsAndOrderLeaveNoTrace() {
        List<byte[]> texts = new ArrayList<>();
        Golden.documents().forEachRemaining(texts::add);
        String expected = train(texts, 1).vocabulary().fingerprint();
        assertThat(train(texts, 4).vocabulary().fingerprint()).isEqualTo(expected);
        Collections.reverse(texts);
        assertThat(train(texts, 3).vocabulary().fingerprint()).isEqualTo(expected);
        texts.remove(0);
        assertThat(train(texts, 3).vocabulary().fingerprint()).isNotEqualTo(expected);
    }

    @Test
    void agreesWithCountingAllPairsAgainForEveryMerge() {
        Rng rng = Rng.of(11, 12);
        for (int round = 0; round < 40; round++) {
            StringBuilder text = new StringBuilder();
            int letters =
                    2 + rng.nextInt(3); // few letters: many ties, overlaps and tokens that can be made in two ways
            for (int i = 0; i < 120; i++) {
                text.append(rng.nextInt(5) == 0 ? ' ' : (char) ('a' + rng.nextInt(letters)));
            }
            List<byte[]> texts = List.of(text.toString().getBytes(StandardCharsets.UTF_8));
            BpeTokenizer fast = BpeTrainer.train(texts.iterator(), new BpeTrainerConfig(256 + 12, 2, List.of(), 1));
            List<String> tokens = fast.vocabulary().tokens();
            assertThat(tokens.subList(256, tokens.size()))
                    .isEqualTo(naive(text.toString(), tokens.subList(0, 256), 12));
        }
    }

    @Test
    void textThatSpellsASpecialTokenStaysText() {
        Iterator<byte[]> texts = List.of("<s> <s> <s>x<s> <s>".repeat(9).getBytes(StandardCharsets.UTF_8))
                .iterator();
        BpeTokenizer tokenizer = BpeTrainer.train(texts, BpeTrainerConfig.ofSize(300));
        assertThat(tokenizer.encode("<s> a <s>")).doesNotContain(0, 1, 2, 3, 4);
        assertThat(tokenizer.decodeText(tokenizer.encode("<s> a <s>"))).isEqualTo("<s> a <s>");
        assertThat(tokenizer.encodeWithSpecials("<s>a")).startsWith(0).hasSize(2);
    }

    @Test
    void littleTextMakesASmallVocabulary() {
        BpeTokenizer bytes = BpeTrainer.train(Collections.emptyIterator(), BpeTrainerConfig.ofSize(5000));
        assertThat(bytes.size()).isEqualTo(261);
        assertThat(bytes.encode("é!")).hasSize(3);
        assertThat(bytes.specials()).isEqualTo(new SpecialIds(0, 1, 2, 3, 4));
        Iterator<byte[]> twice =
                List.of("ab ab".getBytes(StandardCharsets.UTF_8)).iterator();
        assertThat(BpeTrainer.train(twice, BpeTrainerConfig.ofSize(5000)).size())
                .isEqualTo(262);
    }

    @Test
    void badSettingsAreNamed() {
        assertThatThrownBy(() -> BpeTrainerConfig.ofSize(260))
                .isInstanceOf(UserException.class)
                .hasMessage("vocab_size is 260; allowed: 261 to 16777216");
        assertThatThrownBy(() -> new BpeTrainerConfig(300, 0, List.of(), 1))
                .hasMessage("min_frequency is 0; allowed: 1 or more");
        assertThatThrownBy(() -> new BpeTrainerConfig(300, 1, List.of("<s>", "<s>"), 1))
                .hasMessageContaining("special token '<s>'");
        assertThatThrownBy(() -> new BpeTrainerConfig(300, 1, List.of("x"), 1)).hasMessageContaining("'x'");
    }

    @Test
    void failuresOfTheReaderPassThrough() {
        Iterator<byte[]> broken = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public byte[] next() {
                throw new UserException("the file is gone");
            }
        };
        assertThatThrownBy(() -> BpeTrainer.train(broken, BpeTrainerConfig.ofSize(300)))
                .isInstanceOf(UserException.class)
                .hasMessage("the file is gone");
    }

    private static BpeTokenizer train(List<byte[]> texts, int threads) {
        return BpeTrainer.train(
                texts.iterator(), new BpeTrainerConfig(700, 2, BpeTrainerConfig.ROBERTA_SPECIALS, threads));
    }

    /** Byte-pair encoding as its definition says, over strings of byte characters; stops where a token would be made twice. */
    private static List<String> naive(String text, List<String> alphabet, int size) {
        List<String> tokens = new ArrayList<>(alphabet);
        Map<List<String>, Long> words = new LinkedHashMap<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; ) {
            int end = WordSplitter.end(bytes, at, bytes.length);
            List<String> word = new ArrayList<>();
            for (int i = at; i < end; i++) {
                word.add(String.valueOf(ByteAlphabet.character(bytes[i] & 0xFF)));
            }
            words.merge(word, 1L, Long::sum);
            at = end;
        }
        while (tokens.size() < alphabet.size() + size) {
            TreeMap<Long, Long> counts = new TreeMap<>();
            words.forEach((word, count) -> {
                for (int i = 0; i + 1 < word.size(); i++) {
                    counts.merge(
                            PairTable.pair(tokens.indexOf(word.get(i)), tokens.indexOf(word.get(i + 1))),
                            count,
                            Long::sum);
                }
            });
            long best = -1;
            long most = 1;
            for (Map.Entry<Long, Long> entry : counts.entrySet()) {
                if (entry.getValue() > most) {
                    most = entry.getValue();
                    best = entry.getKey();
                }
            }
            if (best < 0) {
                break;
            }
            String left = tokens.get(PairTable.left(best));
            String right = tokens.get(PairTable.right(best));
            if (!tokens.contains(left + right)) {
                tokens.add(left + right);
            }
            Map<List<String>, Long> merged = new LinkedHashMap<>();
            words.forEach((word, count) -> merged.merge(join(word, left, right), count, Long::sum));
            words = merged;
        }
        return tokens.subList(256, tokens.size());
    }

    private static List<String> join(List<String> word, String left, String right) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < word.size(); i++) {
            if (i + 1 < word.size()
                    && word.get(i).equals(left)
                    && word.get(i + 1).equals(right)) {
                joined.add(left + right);
                i++;
            } else {
                joined.add(word.get(i));
            }
        }
        return joined;
    }
}
