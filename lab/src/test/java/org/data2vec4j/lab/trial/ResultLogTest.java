package org.data2vec4j.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ResultLogTest {
    @TempDir
    Path folder;

    private static ObjectNode number(int value) {
        return JsonMapper.shared().createObjectNode().put("value", value);
    }

    @Test
    void theLastOfAKeyCountsAndNothingIsRewritten() throws Exception {
        Path file = folder.resolve("lines.jsonl");
        ResultLog lines = new ResultLog(file);
        assertThat(lines.get("a")).isNull();
        lines.put("a", number(1));
        lines.put("b", number(2));
        lines.put("a", number(3));
        assertThat(Files.readString(file))
                .isEqualTo("{\"key\":\"a\",\"value\":1}\n{\"key\":\"b\",\"value\":2}\n{\"key\":\"a\",\"value\":3}\n");
        assertThat(new ResultLog(file).get("a")).isEqualTo(lines.get("a"));
        assertThat(String.valueOf(new ResultLog(file).get("a"))).contains("3");
    }

    @Test
    void aLineThatACrashCutOffIsNoneAndIsWrittenOver() throws Exception {
        Path file = folder.resolve("lines.jsonl");
        new ResultLog(file).put("a", number(1));
        Files.writeString(file, "{\"key\":\"b\",\"value\":200000000000000", StandardOpenOption.APPEND);
        ResultLog lines = new ResultLog(file);
        assertThat(lines.get("b")).isNull();
        lines.put("c", number(2));
        assertThat(Files.readAllLines(file))
                .containsExactly("{\"key\":\"a\",\"value\":1}", "{\"key\":\"c\",\"value\":2}");
    }

    @Test
    void aDamagedLineIsNamed() throws Exception {
        Path file = folder.resolve("lines.jsonl");
        for (String damaged : new String[] {"[1]", "{\"value\": 1}", "nonsense"}) {
            Files.writeString(file, "{\"key\":\"a\"}\n" + damaged + "\n");
            assertThatThrownBy(() -> new ResultLog(file))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("lines.jsonl is damaged at line 2; delete that line");
        }
    }
}
