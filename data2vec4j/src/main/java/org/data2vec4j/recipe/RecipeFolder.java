package org.data2vec4j.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of recipes on the class path, in jars or directories.
 *
 * @param path such as {@code recipes}
 */
public record RecipeFolder(String path) {
    static final String EXTENSION = ".yaml";

    /** The recipes' names, sorted. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        try {
            for (URL url : Collections.list(loader().getResources(path))) {
                for (String file : list(url)) {
                    if (file.endsWith(EXTENSION)) {
                        names.add(file.substring(0, file.length() - EXTENSION.length()));
                    }
                }
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot list the recipes in " + path, e);
        }
        return List.copyOf(names);
    }

    /** The text of a recipe, or null if there is none of this name. */
    @Nullable
    public String text(String name) {
        try (InputStream in = loader().getResourceAsStream(path + "/" + name + EXTENSION)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the recipe " + name, e);
        }
    }

    /** The names of the files directly in a folder of a jar or a directory. */
    public static Collection<String> list(URL url) throws IOException, URISyntaxException {
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            String prefix = jar.getEntryName().endsWith("/") ? jar.getEntryName() : jar.getEntryName() + "/";
            List<String> files = new ArrayList<>();
            jar.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length()))
                    .filter(name -> !name.contains("/"))
                    .forEach(files::add);
            return files;
        }
        try (Stream<Path> files = Files.list(Path.of(new URI(url.toString())))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private static ClassLoader loader() {
        return RecipeFolder.class.getClassLoader();
    }
}
