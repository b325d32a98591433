package org.data2vec4j.text.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.RngStream;
import org.jspecify.annotations.Nullable;

/**
 * Documents of a few sentences made on the fly, each a pure function of (seed, index). Its class is its topic, which chooses most
 * of the nouns, verbs and adjectives; the sentences' forms and all other words are the same for every topic.
 */
public final class SyntheticText implements TextSource {
    private static final int WRITING = 1; // raise when the text changes: old fingerprints must not fit new text
    private static final double OFF_TOPIC = 0.15;

    private record Topic(String name, List<String> nouns, List<String> verbs, List<String> adjectives) {
        static Topic of(String name, String nouns, String verbs, String adjectives) {
            return new Topic(name, words(nouns), words(verbs), words(adjectives));
        }

        private static List<String> words(String line) {
            return List.of(line.split(" ", -1));
        }
    }

    private static final List<Topic> TOPICS = List.of(
            Topic.of(
                    "sea",
                    "sailor ship wave harbour anchor gull captain tide",
                    "sails drifts floods tows sinks",
                    "salty deep stormy calm"),
            Topic.of(
                    "kitchen",
                    "cook oven onion kettle spoon baker recipe pan",
                    "stirs bakes tastes boils peels",
                    "sweet crisp hungry bitter"),
            Topic.of(
                    "garden",
                    "rose gardener hedge beetle seed pond tree spade",
                    "grows waters digs blooms prunes",
                    "green shady fragrant wild"),
            Topic.of(
                    "city",
                    "tram street crowd clerk window tower market bridge",
                    "hurries rings sells opens crosses",
                    "loud crowded tall busy"),
            Topic.of(
                    "music",
                    "fiddle singer drum chorus string tune piper bow",
                    "plays hums tunes sings echoes",
                    "gentle lively shrill solemn"),
            Topic.of(
                    "winter",
                    "snow sledge fox frost stove coat mountain ice",
                    "freezes melts glides shivers falls",
                    "cold white silent frozen"));
    private static final List<String> CLASSES = TOPICS.stream().map(Topic::name).toList();
    private static final List<String> LINKS = List.of("near", "behind", "without", "above", "beside", "under");
    private static final List<String> OPENINGS =
            List.of("", "", "", "In the evening ", "Once again ", "Perhaps ", "After that ");
    private static final List<String> ENDS = List.of(".", ".", ".", "!", "?");

    private final int size;
    private final long seed;

    /** {@code size} documents; another seed gives others of the same kind. */
    public SyntheticText(int size, long seed) {
        this.size = Check.positive("synthetic.size", size);
        this.seed = seed;
    }

    /** The topics, in the order of the labels. */
    public static List<String> classes() {
        return CLASSES;
    }

    /** The number of documents. */
    public int size() {
        return size;
    }

    /** The topic of a document, an index into {@link #classes()}. */
    public int label(int index) {
        return Rng.of(seed, RngStream.SYNTHETIC_LABEL, index).nextInt(TOPICS.size());
    }

    /** A document of two to seven sentences. */
    public String document(int index) {
        Rng rng = Rng.of(seed, RngStream.SYNTHETIC_TEXT, index);
        Topic topic = TOPICS.get(label(index));
        StringBuilder text = new StringBuilder();
        for (int sentences = 2 + rng.nextInt(6); sentences > 0; sentences--) {
            text.append(text.length() == 0 ? "" : " ").append(sentence(topic, rng));
        }
        return text.toString();
    }

    private static String sentence(Topic topic, Rng rng) {
        StringBuilder words = new StringBuilder(pick(OPENINGS, rng));
        words.append(phrase(topic, rng)).append(' ').append(pick(near(topic, rng).verbs, rng));
        if (rng.nextBoolean()) {
            words.append(' ').append(pick(LINKS, rng)).append(' ').append(phrase(topic, rng));
        }
        if (rng.nextInt(3) == 0) {
            words.append(", and ").append(phrase(topic, rng)).append(' ').append(pick(near(topic, rng).verbs, rng));
        }
        words.setCharAt(0, Character.toUpperCase(words.charAt(0)));
        return words.append(pick(ENDS, rng)).toString();
    }

    private static String phrase(Topic topic, Rng rng) {
        String adjective = rng.nextBoolean() ? pick(near(topic, rng).adjectives, rng) + " " : "";
        return (rng.nextInt(3) == 0 ? "every " : "the ") + adjective + pick(near(topic, rng).nouns, rng);
    }

    private static Topic near(Topic topic, Rng rng) {
        return rng.nextDouble() < OFF_TOPIC ? pick(TOPICS, rng) : topic;
    }

    private static <T> T pick(List<T> from, Rng rng) {
        return from.get(rng.nextInt(from.size()));
    }

    @Override
    public TextReader read(SkippedText skipped) {
        return new TextReader() {
            private int index;

            @Override
            public @Nullable TextPiece next() {
                return index == size ? null : new TextPiece(document(index++).getBytes(StandardCharsets.UTF_8), true);
            }

            @Override
            public String place() {
                return "text " + index;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String fingerprint() {
        return new Fingerprint()
                .add("synthetic text")
                .add(WRITING)
                .add(size)
                .add(seed)
                .hex();
    }

    @Override
    public String name() {
        return "synthetic:" + size;
    }
}
