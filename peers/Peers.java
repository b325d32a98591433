import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.cli.D2v;

/** Imports every folder that folders.py made, compares with what is recorded there, and exports the run again. */
public final class Peers {
    private Peers() {}

    /** {@code Peers FOLDERS RUNS EXPORTED}. */
    public static void main(String[] arguments) throws Exception {
        Path runs = Path.of(arguments[1]);
        Path exported = Path.of(arguments[2]);
        List<Path> folders;
        try (var all = Files.list(Path.of(arguments[0]))) {
            folders = all.sorted().toList();
        }
        for (Path folder : folders) {
            String name = folder.getFileName().toString();
            StringWriter out = new StringWriter();
            int code = d2v(out, "import", folder, "--output", runs.resolve(name), "--expect", folder.resolve("expected.safetensors"));
            List<String> seen = out.toString().lines()
                    .filter(line -> line.matches("(ok|DIFFERS|not compared|student|left out|d2v).*"))
                    .toList();
            System.out.println(name + "\t" + code + "\t" + (seen.isEmpty() ? out.toString().trim() : String.join("; ", seen)));
            if (code == 0) {
                StringWriter written = new StringWriter();
                int exit = d2v(written, "export", "run=" + runs.resolve(name), "--output", exported.resolve(name));
                if (exit != 0) {
                    System.out.println(name + "\texport " + exit + "\t" + written.toString().trim());
                }
            }
        }
        System.exit(0);
    }

    private static int d2v(StringWriter out, Object... words) {
        String[] texts = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            texts[i] = words[i].toString();
        }
        PrintWriter writer = new PrintWriter(out, true);
        return D2v.run(texts, writer, writer);
    }
}
