import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * Splits a class path for a module as build tools do: {@code Layout MODULE CLASSPATH}. Prints four lines: the module path and the class
 * path as Maven has them, then as Gradle has them. Maven takes to the module path what the module requires, directly or not. Gradle
 * takes every jar with a module declaration or a name in its manifest.
 */
public final class Layout {
    private Layout() {}

    public static void main(String[] args) throws IOException {
        Map<String, Path> modules = new LinkedHashMap<>();
        Map<String, ModuleDescriptor> declarations = new LinkedHashMap<>();
        List<Path> others = new ArrayList<>();
        for (String entry : args[1].split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            ModuleDescriptor descriptor = descriptor(jar);
            if (descriptor == null) {
                others.add(jar);
            } else {
                modules.put(descriptor.name(), jar);
                declarations.put(descriptor.name(), descriptor);
            }
        }
        Set<String> needed = new HashSet<>();
        Deque<ModuleDescriptor> open = new ArrayDeque<>(List.of(descriptor(Path.of(args[0]))));
        while (!open.isEmpty()) {
            for (ModuleDescriptor.Requires requires : open.pop().requires()) {
                boolean optional = requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC);
                if (!optional && declarations.containsKey(requires.name()) && needed.add(requires.name())) {
                    open.push(declarations.get(requires.name()));
                }
            }
        }
        List<Path> required = new ArrayList<>();
        List<Path> rest = new ArrayList<>(others);
        modules.forEach((name, jar) -> (needed.contains(name) ? required : rest).add(jar));
        System.out.println(joined(required));
        System.out.println(joined(rest));
        System.out.println(joined(List.copyOf(modules.values())));
        System.out.println(joined(others));
    }

    /** The module in a jar or folder; null if it is one only by its file's name. */
    private static ModuleDescriptor descriptor(Path path) throws IOException {
        Set<ModuleReference> found;
        try {
            found = ModuleFinder.of(path).findAll();
        } catch (java.lang.module.FindException e) {
            return null;
        }
        for (ModuleReference reference : found) {
            if (!reference.descriptor().isAutomatic()) {
                return reference.descriptor();
            }
            try (JarFile jar = new JarFile(path.toFile())) {
                if (jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null) {
                    return reference.descriptor();
                }
            }
        }
        return null;
    }

    private static String joined(List<Path> paths) {
        return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
    }
}
