package org.data2vec4j.data.tar;

/** One regular file of an archive: its path inside, where its bytes begin in the uncompressed archive, and how many there are. */
public record TarEntry(String name, long offset, long size) {
    /** The last part of the path. */
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
