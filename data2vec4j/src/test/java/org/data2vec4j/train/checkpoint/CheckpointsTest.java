package org.data2vec4j.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.InScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InScope.class)
class CheckpointsTest {
    @TempDir
    Path run;

    @Test
    void whatIsWrittenIsReadBack() {
        Checkpoints checkpoints = new Checkpoints(run, 2);
        assertThat(checkpoints.newest()).isNull();
        checkpoints.write(state(7), sets(1));
        Checkpoints.Saved saved = checkpoints.newest();
        assertThat(saved.state()).isEqualTo(state(7));
        assertThat(saved.folder()).isEqualTo(folder("step-000007"));
        Map<String, Map<String, Tensor>> into = sets(0);
        Checkpoints.load(saved, into);
        assertThat(values(into)).isEqualTo(values(sets(1)));
    }

    @Test
    void theNewestFewStay() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 2);
        for (long update : new long[] {5, 10, 15, 20}) {
            checkpoints.write(state(update), sets(update));
        }
        assertThat(names()).containsExactly("step-000015", "step-000020");
        new Checkpoints(run, 1).write(state(25), sets(25));
        assertThat(names()).containsExactly("step-000025");
    }

    @Test
    void theNewestIsTheLargestNumberNotTheLastName() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 3);
        checkpoints.write(state(999_999), sets(1));
        checkpoints.write(state(1_000_000), sets(2)); // its name sorts before the other
        assertThat(checkpoints.newest().state().update()).isEqualTo(1_000_000);
        checkpoints.write(state(1_000_001), sets(3));
        checkpoints.write(state(1_000_002), sets(3));
        assertThat(names()).containsExactly("step-1000000", "step-1000001", "step-1000002");
    }

    @Test
    void aHalfWrittenCheckpointIsIgnoredAndSweptAway() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        checkpoints.write(state(3), sets(1));
        Path half = Files.createDirectories(folder(".step-000006.tmp"));
        Files.writeString(half.resolve("student.safetensors"), "half");
        assertThat(checkpoints.newest().state().update()).isEqualTo(3);
        checkpoints.write(state(4), sets(2)); // another update: the checkpoints' rhythm was changed
        assertThat(names()).containsExactly("step-000003", "step-000004");
        Files.createDirectories(folder(".step-000006.tmp"));
        checkpoints.write(state(6), sets(3));
        assertThat(names()).containsExactly("step-000003", "step-000004", "step-000006");
    }

    @Test
    void aCheckpointOfTheSameUpdateIsReplaced() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        checkpoints.write(state(3), sets(1));
        checkpoints.write(state(3), sets(2));
        Map<String, Map<String, Tensor>> into = sets(0);
        Checkpoints.load(checkpoints.newest(), into);
        assertThat(values(into)).isEqualTo(values(sets(2)));
        assertThat(names()).containsExactly("step-000003");
    }

    @Test
    void otherFilesInTheFolderAreLeftAlone() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 1);
        Files.createDirectories(folder("best"));
        Files.writeString(folder("step-1.txt"), "mine");
        Files.createDirectories(folder("step-99999999999999999999999"));
        checkpoints.write(state(3), sets(1));
        checkpoints.write(state(4), sets(1));
        assertThat(names()).containsExactly("best", "step-000004", "step-1.txt", "step-99999999999999999999999");
        assertThat(checkpoints.newest().state().update()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{}", "null", "{\"format\":1}", "{\"format\":1,\"update\":\"x\"}", "\u0000\u0001"
            })
    void aDamagedStateIsNamedWithWhatToDo(String text) throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        checkpoints.write(state(3), sets(1));
        checkpoints.write(state(6), sets(1));
        Files.writeString(folder("step-000006").resolve("state.json"), text);
        assertThatThrownBy(checkpoints::newest)
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(folder("step-000006").resolve("state.json") + " is damaged")
                .hasMessageEndingWith("delete the folder " + folder("step-000006") + " to go on from the one before")
                .hasMessageNotContaining("\n");
    }

    @Test
    void everyFieldOfTheStateIsNeeded() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        checkpoints.write(state(3), sets(1));
        Path file = folder("step-000003").resolve("state.json");
        String whole = Files.readString(file);
        for (String field : new String[] {"update", "elapsed", "optimiserStep", "seed", "precision", "loader"}) {
            Files.writeString(file, whole.replace("\"" + field + "\"", "\"other\""));
            assertThatThrownBy(checkpoints::newest)
                    .as(field)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("is damaged");
        }
        Files.writeString(file, whole.replace("\"offset\" : 3", "\"offset\" : -3"));
        assertThatThrownBy(checkpoints::newest).hasMessageContaining("is damaged");
        Files.delete(file);
        assertThatThrownBy(checkpoints::newest).hasMessageContaining("state.json is damaged: it cannot be read");
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        checkpoints.write(state(3), sets(1));
        Path file = folder("step-000003").resolve("state.json");
        Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 2"));
        assertThatThrownBy(checkpoints::newest).hasMessage(file + " has format 2; this version reads format 1");
    }

    @Test
    void aTruncatedFileChangesNothingAndIsNamedWithWhatToDo() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        for (String set : List.of("student", "optimiser")) {
            for (int keep : new int[] {0, 5, 60, -1}) {
                checkpoints.write(state(3), sets(1));
                Path file = folder("step-000003").resolve(set + ".safetensors");
                byte[] whole = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(whole, keep < 0 ? whole.length + keep : keep));
                assertRefused(checkpoints.newest(), file + ": ");
            }
            Files.delete(folder("step-000003").resolve(set + ".safetensors"));
            assertRefused(checkpoints.newest(), folder("step-000003").resolve(set + ".safetensors") + ": no such file");
        }
    }

    @Test
    void aFlippedBitIsNamedAndTheCheckpointBeforeIsOffered() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        checkpoints.write(state(3), sets(1));
        checkpoints.write(state(6), sets(1));
        for (String set : List.of("student", "optimiser")) {
            Path file = folder("step-000006").resolve(set + ".safetensors");
            byte[] whole = Files.readAllBytes(file);
            byte[] flipped = whole.clone();
            flipped[whole.length - 2] ^= 4; // in the values, where no rule of the format is broken
            Files.write(file, flipped);
            assertRefused(checkpoints.newest(), file + " is damaged: its checksum");
            Files.write(file, whole);
        }
        Files.delete(folder("step-000006").resolve("checksums.txt")); // as earlier versions wrote it
        Checkpoints.load(checkpoints.newest(), sets(0));
    }

    @Test
    void aStateOfAnotherFolderIsNoticed() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        checkpoints.write(state(3), sets(1));
        Files.move(folder("step-000003"), folder("step-000009"));
        assertThatThrownBy(checkpoints::newest)
                .isInstanceOf(UserException.class)
                .hasMessageContaining("state.json is damaged: it is of update 3, and its folder of another");
        Files.move(folder("step-000009"), folder("step-000003"));
        Path state = folder("step-000003").resolve("state.json");
        Files.writeString(state, Files.readString(state).replace("\"optimiserStep\" : ", "\"optimiserStep\" : 1"));
        assertThatThrownBy(checkpoints::newest).hasMessageContaining("state.json is damaged: its checksum");
    }

    @Test
    void valuesThatAreNoNumbersAreBlamedOnTheCheckpoint() {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        Map<String, Map<String, Tensor>> sets = sets(1);
        sets.get("student").put("a", Tensors.of(new float[] {1, Float.NaN}, 2));
        checkpoints.write(state(3), sets);
        assertRefused(checkpoints.newest(), folder("step-000003").resolve("student.safetensors") + " has values in ");
    }

    @Test
    void aCheckpointThatCannotBeFinishedLeavesNothing() throws IOException {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        checkpoints.write(state(3), sets(1));
        Map<String, Map<String, Tensor>> sets = sets(1);
        sets.put("no/such", sets.get("student")); // its folder is missing, as a full disk would refuse it
        assertThatThrownBy(() -> checkpoints.write(state(6), sets))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("cannot write the checkpoint ")
                .hasMessageContaining("free some space");
        assertThat(names()).containsExactly("step-000003");
    }

    private static void assertRefused(Checkpoints.Saved saved, String start) {
        Map<String, Map<String, Tensor>> into = sets(9);
        assertThatThrownBy(() -> Checkpoints.load(saved, into))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(start)
                .hasMessageContaining("delete the folder " + saved.folder())
                .hasMessageNotContaining("\n");
        assertThat(values(into)).as("nothing was loaded").isEqualTo(values(sets(9)));
    }

    @Test
    void anotherArchitectureChangesNothingAndListsWhatDiffers() {
        Checkpoints checkpoints = new Checkpoints(run, 5);
        checkpoints.write(state(3), sets(1));
        Map<String, Map<String, Tensor>> other = sets(9);
        other.get("optimiser").put("c", Tensors.of(new float[] {9}, 1));
        other.get("optimiser").remove("a");
        other.get("optimiser").put("b", Tensors.of(new float[] {9, 9}, 1, 2));
        List<String> before = values(other);
        assertThatThrownBy(() -> Checkpoints.load(checkpoints.newest(), other))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(folder("step-000003").resolve("optimiser.safetensors")
                        + " is of another architecture: 1 missing (c); 1 unexpected (a); 1 of another shape (b [3] instead"
                        + " of [1, 2]). Use the recipe it was made with")
                .hasMessageNotContaining("\n");
        assertThat(values(other))
                .as("the student, which fits, is not loaded either")
                .isEqualTo(before);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(run.resolve("a-file"), "");
        Checkpoints below = new Checkpoints(file, 5);
        assertThat(below.newest()).isNull();
        assertThatThrownBy(() -> below.write(state(3), sets(1)))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("cannot write the checkpoint " + file)
                .hasMessageContaining("choose another run=DIR")
                .hasMessageNotContaining("\n");
    }

    @Test
    void illegalSettingsNameTheField() {
        assertThatThrownBy(() -> new CheckpointConfig(0, 1)).hasMessageStartingWith("every_updates is 0");
        assertThatThrownBy(() -> new CheckpointConfig(1, 0)).hasMessageStartingWith("keep is 0");
    }

    private Path folder(String name) {
        return run.resolve("checkpoints").resolve(name);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static CheckpointState state(long update) {
        return new CheckpointState(
                CheckpointState.FORMAT, update, new LoaderPosition(1, 3), 2.5, update, -4, "FP32", "ab", "0.1", "cpu");
    }

    private static Map<String, Map<String, Tensor>> sets(long value) {
        Map<String, Map<String, Tensor>> sets = new LinkedHashMap<>();
        for (String set : List.of("student", "optimiser")) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("a", Tensors.of(new float[] {value, value + 1}, 2));
            tensors.put("b", Tensors.of(new float[] {value, value + 2, -value}, 3));
            sets.put(set, tensors);
        }
        return sets;
    }

    private static List<String> values(Map<String, Map<String, Tensor>> sets) {
        return sets.entrySet().stream()
                .flatMap(set -> set.getValue().entrySet().stream()
                        .map(entry -> set.getKey() + " " + entry.getKey() + " "
                                + Arrays.toString(entry.getValue().toFloats())))
                .toList();
    }
}
