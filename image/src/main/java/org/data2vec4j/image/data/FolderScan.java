package org.data2vec4j.image.data;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.PassedOver;
import org.jspecify.annotations.Nullable;

/**
 * The image files under a folder, ordered by relative path, the tables that say something of them, by the folder they are in, and the
 * other files.
 */
record FolderScan(List<Found> images, Map<String, Path> tables, PassedOver others) {
    private static final Set<String> METADATA = Set.of("metadata.csv", "metadata.jsonl", "metadata.tsv");

    /** A file by its path from the root, parts joined by '/', and its size in bytes. */
    record Found(String relative, long bytes) {
        /** The first folder on the way, null for a file directly in the root. */
        @Nullable
        String topFolder() {
            int slash = relative.indexOf('/');
            return slash < 0 ? null : relative.substring(0, slash);
        }
    }

    static FolderScan of(Path root) {
        if (!Files.isDirectory(root)) {
            throw new UserException("data " + root + (Files.exists(root) ? " is not a folder" : " does not exist"));
        }
        Visitor visitor = new Visitor(root);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        } catch (IOException e) {
            throw new UserException("the folder " + root + " cannot be read: " + FileFailure.reason(e), e);
        }
        visitor.images.sort(Comparator.comparing(Found::relative));
        return new FolderScan(List.copyOf(visitor.images), visitor.tables, visitor.others);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Found> images = new ArrayList<>();
        private final Map<String, Path> tables = new LinkedHashMap<>();
        private final PassedOver others = new PassedOver();

        Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            FileFailure.checkName(folder);
            boolean hidden =
                    !folder.equals(root) && String.valueOf(folder.getFileName()).startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            FileFailure.checkName(file);
            String name = String.valueOf(file.getFileName());
            if (name.startsWith(".")) {
                return FileVisitResult.CONTINUE;
            }
            String relative = root.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), "/");
            if (attributes.isRegularFile() && ImageFolder.isImage(name)) {
                images.add(new Found(relative, attributes.size()));
            } else if (METADATA.contains(name)) {
                tables.put(relative.substring(0, relative.length() - name.length()), file);
            } else {
                others.add(name);
            }
            return FileVisitResult.CONTINUE;
        }

        /** A link in a circle or to nowhere is not a picture; anything else unreadable is worth stopping for. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException || e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
