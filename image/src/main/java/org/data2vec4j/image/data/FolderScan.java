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
import java.util.List;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** The image files under a folder, ordered by relative path, and how many other files there are. */
record FolderScan(List<Found> images, int others) {

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
            throw new UserException("data " + root + " is not a folder");
        }
        Visitor visitor = new Visitor(root);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        } catch (IOException e) {
            throw new UserException("the folder " + root + " cannot be read: " + e, e);
        }
        visitor.images.sort(Comparator.comparing(Found::relative));
        return new FolderScan(List.copyOf(visitor.images), visitor.others);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Found> images = new ArrayList<>();
        private int others;

        Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden =
                    !folder.equals(root) && String.valueOf(folder.getFileName()).startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith(".")) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isRegularFile() && ImageFolder.isImage(name)) {
                String relative = root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                images.add(new Found(relative, attributes.size()));
            } else {
                others++;
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
