package org.data2vec4j.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of an index whose writer was stopped, or whose files are damaged. */
class IndexJournalTest {
    @TempDir
    Path folder;

    /** Cut off anywhere, the journal has the records that are whole, and the index can be written on. */
    @Test
    void aJournalCutOffAnywhereKeepsWhatIsWhole() throws Exception {
        Path path = folder.resolve("index");
        TestVectors.index(path, 4, Comparison.RAW).close();
        Path journal = path.resolve(IndexJournal.FILE);
        byte[] whole = Files.readAllBytes(journal);
        int before = 0;
        for (int length = 0; length <= whole.length; length++) {
            Files.write(journal, Arrays.copyOf(whole, length));
            try (VectorIndex index = VectorIndex.open(path)) {
                assertThat(index.size()).isGreaterThanOrEqualTo(before);
                before = index.size();
            }
        }
        assertThat(before).isEqualTo(4);
        Files.write(journal, Arrays.copyOf(whole, whole.length - 3));
        try (VectorIndex index = VectorIndex.change(path)) {
            assertThat(index.size()).isEqualTo(3);
            index.add(TestVectors.sample(8));
            index.commit();
        }
        try (VectorIndex index = VectorIndex.open(path)) {
            assertThat(index.samples().stream().map(IndexedSample::name))
                    .containsExactly("folder/0.png", "folder/1.png", "folder/2.png", "folder/8.png");
            assertThat(index.vector(index.samples().get(3))).containsExactly(TestVectors.vector(8));
        }
    }

    @Test
    void aDamagedRecordBeforeOthersIsAnError() throws Exception {
        Path path = folder.resolve("index");
        TestVectors.index(path, 4, Comparison.RAW).close();
        Path journal = path.resolve(IndexJournal.FILE);
        byte[] bytes = Files.readAllBytes(journal);
        for (int at : new int[] {9, 15, 40}) { // the first record's length, number and change
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x20;
            Files.write(journal, damaged);
            assertThatThrownBy(() -> VectorIndex.open(path))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("is damaged at byte 8");
        }
        Files.write(journal, new byte[100]);
        assertThatThrownBy(() -> VectorIndex.open(path)).hasMessageContaining("is not the journal of an index");
    }

    @Test
    void aDamagedOrMissingVectorIsAnError() throws Exception {
        Path path = folder.resolve("index");
        TestVectors.index(path, 4, Comparison.RAW).close();
        Path vectors = path.resolve("vectors.bin");
        byte[] bytes = Files.readAllBytes(vectors);
        bytes[TestVectors.WIDTH * 4 + 2] ^= 1;
        Files.write(vectors, bytes);
        assertThatThrownBy(() -> VectorIndex.open(path)).hasMessageContaining("the vector of folder/1.png");
        Files.write(vectors, Arrays.copyOf(bytes, 10));
        assertThatThrownBy(() -> VectorIndex.open(path)).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> VectorIndex.change(path)).hasMessageContaining("cannot be opened");
    }
}
