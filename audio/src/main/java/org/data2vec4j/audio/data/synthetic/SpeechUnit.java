package org.data2vec4j.audio.data.synthetic;

/**
 * A syllable: a consonant and a vowel. The consonant is a noise around {@code noiseHertz} of a relative {@code noiseLevel} (or a hum
 * of the voice where that is 0) for {@code onset} of the syllable; the vowel has three formants, here of an average adult (after
 * Peterson and Barney 1952).
 */
public enum SpeechUnit {
    BA(700, 0.25, 0.08, 730, 1090, 2440),
    DEE(3200, 0.35, 0.08, 270, 2290, 3010),
    GOO(1500, 0.35, 0.10, 300, 870, 2240),
    MO(0, 0, 0.30, 500, 900, 2400),
    NAY(0, 0, 0.25, 450, 2100, 2600),
    SAH(5500, 0.45, 0.35, 730, 1090, 2440),
    SHEE(2600, 0.55, 0.38, 270, 2290, 3010),
    TOE(4200, 0.60, 0.14, 480, 850, 2400),
    ZOO(5200, 0.30, 0.30, 300, 870, 2240),
    LER(0, 0, 0.20, 490, 1350, 1690);

    private final double noiseHertz;
    private final double noiseLevel;
    private final double onset;
    private final double first;
    private final double second;
    private final double third;

    SpeechUnit(double noiseHertz, double noiseLevel, double onset, double first, double second, double third) {
        this.noiseHertz = noiseHertz;
        this.noiseLevel = noiseLevel;
        this.onset = onset;
        this.first = first;
        this.second = second;
        this.third = third;
    }

    double noiseHertz() {
        return noiseHertz;
    }

    double noiseLevel() {
        return noiseLevel;
    }

    double onset() {
        return onset;
    }

    double formant(int number) {
        return number == 0 ? first : number == 1 ? second : third;
    }

    /** Whether the vocal cords sound during the consonant. */
    boolean voicedOnset() {
        return noiseLevel == 0 || this == ZOO;
    }
}
