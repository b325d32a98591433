package org.data2vec4j.evaluation.suite;

/** How frozen features are scored. */
public enum Probe {
    /** The weighted vote of nearest neighbours; no seed has a part in it. */
    KNN("k-NN"),
    /** Ridge regression on the final features' mean. */
    LINEAR("linear probe"),
    /** The same on the layer and pooling that does best on held-out training samples. */
    LINEAR_BEST("linear probe, best layer"),
    /** A linear classifier trained by AdamW at the best of several rates. */
    LINEAR_TRAINED("linear probe, AdamW"),
    /** A learned query attends over tokens; trained likewise. */
    ATTENTIVE("attentive probe"),
    /** All weights trained on the labels, from the pre-trained encoder or from nothing. */
    FINE_TUNED("fine-tuned");

    private final String label;

    Probe(String label) {
        this.label = label;
    }

    /** Its name in tables. */
    public String label() {
        return label;
    }
}
