package org.data2vec4j.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFileTest {
    @TempDir
    Path folder;

    private static List<@Nullable String> texts(ParquetFile file, String name) throws IOException {
        ParquetColumn column = Objects.requireNonNull(file.column(name));
        List<@Nullable String> texts = new ArrayList<>();
        for (int row = 0; row < file.rows(); row++) {
            texts.add(column.text(row));
        }
        return texts;
    }

    @Test
    void pagesOfEveryEncodingAndCompression() throws IOException {
        for (String base64 :
                List.of(ParquetBytes.SNAPPY, ParquetBytes.GZIP_V2, ParquetBytes.LZ4_ROWS, ParquetBytes.DELTA)) {
            try (ParquetFile file = ParquetFile.open(ParquetBytes.write(folder.resolve("a.parquet"), base64))) {
                assertThat(file.columns()).containsExactly("image.bytes", "image.path", "label", "text");
                assertThat(file.classes("label")).containsExactly("emu", "cat");
                assertThat(file.feature("image")).isEqualTo("Image");
                assertThat(texts(file, "text")).containsExactly("one", "two words", null, "drei", "vier");
                assertThat(texts(file, "label")).containsExactly("0", "1", "-1", "1", "0");
                assertThat(texts(file, "image.path")).containsExactly("0.png", "1.png", "2.png", "3.png", "4.png");
                byte[] png = Objects.requireNonNull(file.column("image.bytes")).bytes(3);
                assertThat(png).startsWith((byte) 0x89, (byte) 'P', (byte) 'N', (byte) 'G');
            }
        }
    }

    @Test
    void whatIsNotReadIsSaid() throws IOException {
        Path zstd = ParquetBytes.write(folder.resolve("z.parquet"), ParquetBytes.ZSTD);
        try (ParquetFile file = ParquetFile.open(zstd)) {
            assertThatThrownBy(() -> texts(file, "text")).hasMessageContaining("ZSTD, which is not read");
        }
        byte[] whole = Files.readAllBytes(zstd);
        Path cut = Files.write(folder.resolve("c.parquet"), Arrays.copyOf(whole, whole.length - 20));
        assertThatThrownBy(() -> ParquetFile.open(cut))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("cut off or no Parquet file");
        assertThatThrownBy(() -> ParquetFile.open(folder.resolve("gone.parquet")))
                .hasMessageContaining("it does not exist");
    }

    @Test
    void wordsThatStandForFiles() throws IOException {
        Path data = Files.createDirectories(folder.resolve("set/data"));
        ParquetBytes.write(data.resolve("train-1.parquet"), ParquetBytes.SNAPPY);
        ParquetBytes.write(data.resolve("test-1.parquet"), ParquetBytes.SNAPPY);
        assertThat(select(folder.resolve("set").toString()).files()).hasSize(2);
        ParquetSelection some = select(data + "/train-*.parquet#image:label");
        assertThat(some.files()).hasSize(1);
        assertThat(some.column()).isEqualTo("image");
        assertThat(some.label()).isEqualTo("label");
        Files.write(folder.resolve("set/a.png"), new byte[1]);
        assertThat(ParquetSelection.of(folder.resolve("set").toString(), name -> name.endsWith(".png")))
                .isNull();
        assertThat(ParquetSelection.of(folder.toString(), name -> false)).isNull();
        assertThat(ParquetSelection.label("1", List.of("emu", "cat"))).isEqualTo("cat");
        assertThat(ParquetSelection.label("-1", List.of("emu"))).isNull();
    }

    private static ParquetSelection select(String spec) {
        return Objects.requireNonNull(ParquetSelection.of(spec, name -> false));
    }
}
