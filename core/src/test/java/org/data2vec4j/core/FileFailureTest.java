package org.data2vec4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {
    @Test
    void reasonsAreToldApart() {
        assertThat(FileFailure.reason(new NoSuchFileException("x"))).isEqualTo("it does not exist");
        assertThat(FileFailure.reason(new AccessDeniedException("x"))).contains("no permission");
        assertThat(FileFailure.reason(new IOException("No space left on device")))
                .contains("the disk is full");
        assertThat(FileFailure.reason(new FileSystemException("x", null, "Too many open files")))
                .contains("ulimit");
        assertThat(FileFailure.reason(new FileNotFoundException("x (Permission denied)")))
                .contains("no permission");
        assertThat(FileFailure.reason(new FileNotFoundException("x (No such file or directory)")))
                .isEqualTo("it does not exist");
        assertThat(FileFailure.reason(new IOException("odd\n  thing"))).isEqualTo("odd thing");
        assertThat(FileFailure.reason(new IOException())).isEqualTo("IOException");
    }

    @Test
    void aMissingFolderOfAnOutputIsNamed(@TempDir Path folder) {
        Path target = folder.resolve("gone/out.npy");
        assertThat(FileFailure.writing(target, new NoSuchFileException(target.toString())))
                .contains(folder.resolve("gone") + " does not exist");
        assertThat(FileFailure.writing(folder.resolve("a"), new AccessDeniedException("a")))
                .contains("no permission");
    }
}
