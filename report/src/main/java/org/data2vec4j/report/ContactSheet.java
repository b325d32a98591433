package org.data2vec4j.report;

import java.util.Base64;
import java.util.List;

/**
 * A page of samples in groups, each with its small picture and what is said of it; one file without anything from outside.
 *
 * @param title of the page
 * @param groups in order
 */
public record ContactSheet(String title, List<Group> groups) {
    private static final String STYLE = """
            :root { color-scheme: light dark; --edge: #8885; }
            body { font: 15px/1.4 system-ui, sans-serif; margin: 1.5rem auto; padding: 0 1rem; max-width: 70rem; }
            h1 { font-size: 1.3rem; } h2 { font-size: 1rem; margin: 1.6rem 0 .5rem; overflow-wrap: anywhere; }
            ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem;
              grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); }
            li { border: 1px solid var(--edge); border-radius: .4rem; padding: .5rem; min-width: 0; }
            img { display: block; width: 100%; height: 6rem; object-fit: contain; image-rendering: auto; }
            b { font-variant-numeric: tabular-nums; } small { display: block; overflow-wrap: anywhere; opacity: .75; }
            """;

    /**
     * Samples that belong together.
     *
     * @param title over them
     * @param tiles in order
     */
    public record Group(String title, List<Tile> tiles) {
        /** Copies the list. */
        public Group {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * A sample.
     *
     * @param png a small picture; empty if there is none
     * @param note a number or a word, in bold
     * @param label its class; may be empty
     * @param words what is written or said, or its file's name
     * @param name its path
     */
    @SuppressWarnings("ArrayRecordComponent") // a file for the page; never compared
    public record Tile(byte[] png, String note, String label, String words, String name) {}

    /** Copies the list. */
    public ContactSheet {
        groups = List.copyOf(groups);
    }

    /** The page. */
    public String render() {
        StringBuilder out = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append(Html.element("title", "", title))
                .append("<style>")
                .append(STYLE)
                .append("</style></head><body>")
                .append(Html.element("h1", "", title));
        for (Group group : groups) {
            out.append(Html.element("h2", "", group.title())).append("<ol>");
            group.tiles().forEach(tile -> render(tile, out));
            out.append("</ol>");
        }
        return out.append("</body></html>").toString();
    }

    private static void render(Tile tile, StringBuilder out) {
        out.append("<li title=\"").append(Html.escape(tile.name())).append("\">");
        if (tile.png().length > 0) {
            out.append("<img alt=\"\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(tile.png()))
                    .append("\">");
        }
        out.append(Html.element("b", "", tile.note()));
        if (!tile.label().isEmpty()) {
            out.append(' ').append(Html.element("span", "", tile.label()));
        }
        out.append(Html.element("small", "", tile.words())).append("</li>");
    }
}
