package org.data2vec4j.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TokenizerFilesTest {
    private static final BpeTokenizer TOKENIZER = Golden.trained();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Test
    void tokenizerJsonComesBackWhole() throws IOException {
        Path file = folder.resolve("deep/er/tokenizer.json");
        TokenizerJson.write(TOKENIZER, file);
        BpeTokenizer read = Tokenizers.open(file.toString());
        assertThat(read.vocabulary().fingerprint())
                .isEqualTo(TOKENIZER.vocabulary().fingerprint());
        assertThat(Tokenizers.open(file.getParent().toString()).size()).isEqualTo(800);
        assertThat(read.specials()).isEqualTo(new SpecialIds(0, 1, 2, 3, 4));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).hasSize(1);
        }
        JsonNode root = JSON.readTree(Files.readAllBytes(file));
        assertThat(root.at("/post_processor/type").asString()).isEqualTo("RobertaProcessing");
        assertThat(root.at("/pre_tokenizer/add_prefix_space").asBoolean()).isFalse();
    }

    @Test
    void mergesMayBePairsToo() throws IOException {
        ObjectNode root = tree();
        ObjectNode model = (ObjectNode) root.path("model");
        JsonNode lines = model.path("merges");
        var pairs = model.putArray("merges");
        lines.forEach(line -> {
            String[] parts = line.asString().split(" ", -1);
            pairs.addArray().add(parts[0]).add(parts[1]);
        });
        assertThat(read(root).vocabulary().fingerprint())
                .isEqualTo(TOKENIZER.vocabulary().fingerprint());
    }

    @Test
    void vocabAndMerges() throws IOException {
        List<String> tokens = TOKENIZER.vocabulary().tokens();
        ObjectNode vocab = JSON.createObjectNode();
        IntStream.range(0, tokens.size()).forEach(id -> vocab.put(tokens.get(id), id));
        Files.writeString(folder.resolve("vocab.json"), vocab.toString());
        String merges = TOKENIZER.vocabulary().merges().stream()
                .map(merge -> tokens.get(merge.left()) + " " + tokens.get(merge.right()))
                .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n" + merges + "\n");
        String expected = TOKENIZER.vocabulary().fingerprint();
        assertThat(Tokenizers.open(folder.toString()).vocabulary().fingerprint())
                .isEqualTo(expected);
        assertThat(Tokenizers.open(folder + "/vocab.json").vocabulary().fingerprint())
                .isEqualTo(expected);
        Files.writeString(folder.resolve("merges.txt"), merges + "\nqqq zzz\n");
        assertThatThrownBy(() -> Tokenizers.open(folder.toString()))
                .isInstanceOf(UserException.class)
                .hasMessage(folder.resolve("merges.txt") + ": line 540 'qqq zzz' needs the token 'qqq', which the"
                        + " vocabulary does not have");
        Files.writeString(folder.resolve("merges.txt"), "a b c\n");
        assertThatThrownBy(() -> Tokenizers.open(folder.toString())).hasMessageContaining("line 1 'a b c' is not two");
        Files.delete(folder.resolve("merges.txt"));
        assertThatThrownBy(() -> Tokenizers.open(folder.toString())).isInstanceOf(UserException.class);
    }

    @Test
    void gpt2() {
        BpeTokenizer gpt2 = Tokenizers.open("gpt2");
        assertThat(gpt2.size()).isEqualTo(50257);
        assertThat(gpt2.encode("Hello world, don't!  東京")) // as published
                .startsWith(15496, 995, 11, 836, 470, 0, 220);
        assertThat(gpt2.encodeWithSpecials("<|endoftext|>")).containsExactly(50256);
        assertThat(gpt2.decodeText(gpt2.encode("naïve 東京 🙂"))).isEqualTo("naïve 東京 🙂");
        Encoding jtokkit = Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.R50K_BASE);
        for (JsonNode sample : Golden.ROOT.path("samples")) {
            String text = sample.path("text").asString();
            assertThat(gpt2.encode(text))
                    .as(text)
                    .isEqualTo(jtokkit.encodeOrdinary(text).toArray());
        }
        assertThatThrownBy(gpt2::specials).isInstanceOf(UserException.class).hasMessageContaining("has no token <s>");
    }

    @Test
    void fairseqIds() throws IOException {
        BpeTokenizer gpt = new BpeTokenizer(new Vocabulary(
                TOKENIZER.vocabulary().tokens().stream()
                        .map(token -> token.equals("<mask>") ? "<|endoftext|>" : token.replaceAll("^<(.*)>$", "$1x"))
                        .toList(),
                TOKENIZER.vocabulary().merges(),
                List.of(AddedToken.special(4, "<|endoftext|>")),
                "gpt"));
        int size = gpt.size();
        Path dictionary = folder.resolve("dict.txt");
        String lines = IntStream.range(0, size)
                .mapToObj(i -> (size - 1 - i) + " " + 7 * i)
                .collect(Collectors.joining("\n"));
        Files.writeString(dictionary, lines + "\nmadeupword0000 0\nmadeupword0001 0\n");
        BpeTokenizer fairseq = FairseqTokenDictionary.apply(dictionary, gpt);
        assertThat(fairseq.size()).isEqualTo(size + 7);
        assertThat(fairseq.specials()).isEqualTo(new SpecialIds(0, 1, 2, 3, size + 6));
        String text = "bababa tokensher 東京";
        int[] expected =
                IntStream.of(gpt.encode(text)).map(id -> size - 1 - id + 4).toArray();
        assertThat(fairseq.encode(text)).isEqualTo(expected);
        assertThat(fairseq.decodeText(expected)).isEqualTo(text);

        Files.writeString(dictionary, lines.substring(lines.indexOf('\n') + 1));
        assertThatThrownBy(() -> FairseqTokenDictionary.apply(dictionary, gpt))
                .hasMessageStartingWith(dictionary + ": token " + (size - 1))
                .hasMessageEndingWith("has no line; the dictionary belongs to another tokenizer");
        Files.writeString(dictionary, "7 1\n7 1\n");
        assertThatThrownBy(() -> FairseqTokenDictionary.apply(dictionary, gpt))
                .hasMessage(dictionary + ": line 2 names token 7 a second time");
        Files.writeString(dictionary, "7 1\nword 1\n");
        assertThatThrownBy(() -> FairseqTokenDictionary.apply(dictionary, gpt))
                .hasMessageContaining("line 2 begins with 'word'");
        Files.writeString(dictionary, "99999 1\n");
        assertThatThrownBy(() -> FairseqTokenDictionary.apply(dictionary, gpt))
                .hasMessage(dictionary + ": line 1 names token 99999; allowed: 0 to " + (size - 1));
    }

    @Test
    void idsWithoutGapsOrDoubles() throws IOException {
        ObjectNode gap = tree();
        ((ObjectNode) gap.at("/model/vocab")).put("zzz", 1000);
        fails(gap, ": no token has id 800, and the next is 'zzz' with id 1000; ids must run from 0 without a gap");
        ObjectNode same = tree();
        ((ObjectNode) same.at("/model/vocab")).put("zzz", 300);
        fails(same, "have the same id 300; give each one its own");
        ObjectNode twice = tree();
        ((ObjectNode) twice.path("added_tokens").get(0)).put("id", 7);
        fails(twice, "have the same id 7");
        ObjectNode negative = tree();
        ((ObjectNode) negative.at("/model/vocab")).put("zzz", -1);
        fails(negative, ": the token 'zzz' has the id -1; allowed: whole numbers from 0");
    }

    @Test
    void mergesOfTokensThatThereAre() throws IOException {
        ObjectNode unknown = tree();
        ((ObjectNode) unknown.path("model")).putArray("merges").add("a qqqq");
        fails(unknown, ": merge 1 'a qqqq' needs the token 'qqqq', which the vocabulary does not have");
        ObjectNode joined = tree();
        ((ObjectNode) joined.path("model")).putArray("merges").add("! !");
        fails(joined, ": merge 1 '! !' needs the token '!!'");
        ObjectNode bytes = tree();
        ((ObjectNode) bytes.at("/model/vocab")).put("a b", 800);
        fails(bytes, ": token 800 'a b' is not spelled in byte-level characters");
        ObjectNode missing = tree();
        ((ObjectNode) missing.at("/model/vocab")).remove("!");
        ((ObjectNode) missing.at("/model/vocab")).put("!!", 5);
        fails(missing, ": no token stands for byte 33 ('!')");
    }

    @ParameterizedTest
    @CsvSource({
        "/model,type,WordPiece",
        "/model,dropout,0.1",
        "/model,continuing_subword_prefix,##",
        "/model,byte_fallback,true",
        "/model,ignore_merges,true",
        "'',normalizer,NFC",
        "/pre_tokenizer,type,Whitespace",
        "/pre_tokenizer,add_prefix_space,true",
        "/pre_tokenizer,use_regex,false",
        "/added_tokens/0,single_word,true"
    })
    void otherKindsOfTokenizersAreRefused(String at, String key, String value) throws IOException {
        ObjectNode root = tree();
        ObjectNode parent = (ObjectNode) root.at(at);
        if (value.equals("true") || value.equals("false")) {
            parent.put(key, Boolean.parseBoolean(value));
        } else {
            parent.put(key, value);
        }
        fails(root, key);
    }

    @Test
    void brokenFilesAreOneLine() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        for (String text : List.of("", "{\"model\":\n", "[1]", "{\"model\":{\"vocab\":{\"a\":0,\"a\":1}}}")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> Tokenizers.open(file.toString()))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith(file + ": ")
                    .message()
                    .hasLineCount(1);
        }
        assertThatThrownBy(() -> Tokenizers.open(folder + "/no.json"))
                .hasMessageContaining("does not exist")
                .isInstanceOf(UserException.class);
        Files.delete(file);
        assertThatThrownBy(() -> Tokenizers.open(folder.toString())).hasMessageContaining("has no tokenizer; allowed:");
        assertThatThrownBy(() -> TokenizerJson.write(TOKENIZER, folder)).hasMessageContaining("it is a folder");
    }

    private static ObjectNode tree() throws IOException {
        Path file = Files.createTempFile("tokenizer", ".json");
        try {
            TokenizerJson.write(TOKENIZER, file);
            return (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        } finally {
            Files.delete(file);
        }
    }

    private BpeTokenizer read(JsonNode root) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, root.toString());
        return TokenizerJson.read(file);
    }

    private void fails(JsonNode root, String message) {
        assertThatThrownBy(() -> read(root))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(folder.resolve("tokenizer.json") + ": ")
                .hasMessageContaining(message);
    }
}
