package org.data2vec4j.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.data2vec4j.config.Sample.MaskLaw;
import org.data2vec4j.config.Sample.Train;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact text of every message about a recipe's content. */
class BinderErrorTest {
    record Flat(
            int width, long total, double rate, boolean fast, String title, Sample.Norm norm, List<Integer> counts) {
        public static Flat defaults() {
            return new Flat(1, 1, 1, true, "", Sample.Norm.LAYER, List.of());
        }
    }

    record Deep(Sample.Model model, MaskLaw mask, List<Sample.Layer> layers) {}

    private static void fails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(UserException.class).hasMessage(message);
    }

    private static void fails(Class<?> type, String yaml, String message) {
        fails(() -> BinderTest.bind(type, yaml), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    width: abc | x.yaml:2: width: expected an integer, found abc
                    width: 1.5 | x.yaml:2: width: expected an integer, found 1.5
                    width: "12" | x.yaml:2: width: expected an integer, found the text "12"
                    width: | x.yaml:2: width: expected an integer, found nothing
                    width: [1] | x.yaml:2: width: expected an integer, found a list
                    width: {a: 1} | x.yaml:2: width: expected an integer, found a mapping
                    width: 3_000_000_000 | x.yaml:2: width: expected an integer from -2147483648 to 2147483647, found 3_000_000_000
                    total: 9223372036854775808 | x.yaml:2: total: expected an integer from -9223372036854775808 to 9223372036854775807, found 9223372036854775808
                    rate: fast | x.yaml:2: rate: expected a number, found fast
                    rate: 1__0 | x.yaml:2: rate: expected a number, found 1__0
                    rate: 1e999 | x.yaml:2: rate: expected a number, found 1e999
                    rate: "0.1" | x.yaml:2: rate: expected a number, found the text "0.1"
                    fast: yes | x.yaml:2: fast: expected true or false, found yes
                    title: null | x.yaml:2: title: expected text, found nothing
                    title: [a] | x.yaml:2: title: expected text, found a list
                    norm: lyer | x.yaml:2: norm: expected one of layer, batch, instance_norm, found lyer; did you mean layer?
                    norm: group | x.yaml:2: norm: expected one of layer, batch, instance_norm, found group
                    counts: 3 | x.yaml:2: counts: expected a list of integers, found 3
                    counts: [1, b] | x.yaml:2: counts.1: expected an integer, found b
                    counts: [1, ~] | x.yaml:2: counts.1: expected an integer, found nothing
                    widht: 3 | x.yaml:2: unknown key widht; did you mean width? allowed: width, total, rate, fast, title, norm, counts
                    zebra: 3 | x.yaml:2: unknown key zebra; allowed: width, total, rate, fast, title, norm, counts
                    """)
    void flat(String line, String message) {
        fails(Flat.class, "# header\n" + line, message);
    }

    @Test
    void unknownKeyDeepDown() {
        fails(
                Deep.class,
                "model:\n  widht: 1\n  depth: 2\n",
                "x.yaml:2: unknown key model.widht; did you mean width? allowed: width, depth");
        fails(MaskLaw.class, "kind: block\nsteps: 3", "x.yaml:2: unknown key steps; allowed: kind, size, share");
    }

    @Test
    void missingKeys() {
        fails(Deep.class, "", "x.yaml: missing key model; expected a mapping");
        fails(Deep.class, "\nmodel:\n  width: 1\n", "x.yaml:2: missing key model.depth; expected an integer");
        String model = "model: {width: 1, depth: 1}\n";
        String kinds = "block | uniform | every_nth | time_span";
        fails(Deep.class, model, "x.yaml: missing key mask; expected a mapping with kind: " + kinds);
        fails(Deep.class, model + "mask: block", "x.yaml: missing key layers; expected a list of mappings");
        fails(Deep.class, model + "mask: every_nth", "x.yaml:2: missing key mask.step; expected an integer");
        fails(
                Deep.class,
                model + "mask: {size: 3}",
                "x.yaml:2: missing key mask.kind; allowed: block, uniform, every_nth, time_span");
    }

    @Test
    void kinds() {
        String allowed = "allowed: block, uniform, every_nth, time_span";
        String model = "model: {width: 1, depth: 1}\n";
        fails(Deep.class, model + "mask: blok", "x.yaml:2: mask: unknown kind blok; did you mean block? " + allowed);
        fails(Deep.class, model + "mask:\n  kind: x", "x.yaml:3: mask: unknown kind x; " + allowed);
        fails(
                Deep.class,
                model + "mask: [1]",
                "x.yaml:2: mask: expected a mapping with kind: block | uniform | every_nth | time_span, found a list");
        fails(Deep.class, "model: 3", "x.yaml:1: model: expected a mapping, found 3");
    }

    @Test
    void refusalsOfARecordNameTheLineOfTheField() {
        fails(
                Train.class,
                "updates: 5\nmask:\n  kind: block\n  size: 0\n",
                "x.yaml:4: mask.size is 0; allowed: 1 or more");
        fails(Train.class, "mask:\n  kind: block\n  size: 200\n", "x.yaml:3: mask.size is 100 or more");
        fails(
                Train.class,
                "updates: 1\noptimizer:\n  learning_rate: 0.01\n",
                "x.yaml:2: optimizer: weight decay above the learning rate makes no sense");
    }

    @Test
    void notARecipe() {
        fails(Flat.class, "- 1\n", "x.yaml:1: expected lines of the form key: value, found a list");
        fails(Flat.class, "width: 1\n\nwidth: 2\n", "x.yaml:3: duplicate key width; first given on line 1");
        fails(Flat.class, "? [a]\n: 1\n", "x.yaml:1: a key must be a word, found a list or a mapping");
        fails(
                Flat.class,
                "\nwidth: !number 1\n",
                "x.yaml:2: the YAML tag !number is not supported; remove it or quote the value");
        fails(Flat.class, "counts: &a [*a]\n", "x.yaml:1: an alias refers to the value it stands in");
        fails(
                Flat.class,
                "width: [1\nrate: 2\n",
                "x.yaml:2: not valid YAML: while parsing a flow sequence, expected ',' or ']', but got :");
        fails(
                Flat.class,
                "width:\n\t- 1\n",
                "x.yaml:2: not valid YAML: while scanning for the next token,"
                        + " found character '\\t(TAB)' that cannot start any token."
                        + " (Do not use \\t(TAB) for indentation)");
        fails(
                Flat.class,
                "width: 1\n---\nwidth: 2\n",
                "x.yaml:2: not valid YAML: expected a single document in the stream, but found another document");
    }
}
