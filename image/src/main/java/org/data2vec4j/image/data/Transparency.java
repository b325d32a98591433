package org.data2vec4j.image.data;

/** What becomes of transparent pixels, since a model sees three colours. */
public enum Transparency {
    /** They are composited on black. */
    BLACK,
    /** The stored colour is taken and transparency is passed over, as Pillow's {@code convert("RGB")} does. */
    STORED
}
