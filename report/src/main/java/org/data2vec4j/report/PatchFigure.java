package org.data2vec4j.report;

import java.util.List;

/**
 * A picture and maps over its patches.
 *
 * @param picture the picture
 * @param label its class; may be empty
 * @param height rows of patches
 * @param width columns of patches
 * @param maps over them
 */
public record PatchFigure(Picture picture, String label, int height, int width, List<Map> maps) {
    /**
     * One value for each patch.
     *
     * @param name what it is
     * @param values row by row; not copied
     * @param anchor the patch that is marked, or −1
     */
    @SuppressWarnings("ArrayRecordComponent") // values for a picture; never compared
    public record Map(String name, float[] values, int anchor) {}

    /** Copies the list. */
    public PatchFigure {
        maps = List.copyOf(maps);
    }

    /** A row of pictures for each figure, the maps under a common scale of their own: dark is the least, bright the most. */
    public static String render(List<PatchFigure> figures) {
        StringBuilder out = new StringBuilder("<div class=\"patches\">");
        for (PatchFigure figure : figures) {
            out.append("<div class=\"row\"><figure><img alt=\"")
                    .append(Html.escape(figure.label()))
                    .append("\" src=\"")
                    .append(figure.picture().dataUri())
                    .append("\"/>")
                    .append(Html.element("figcaption", "", figure.label()))
                    .append("</figure>");
            figure.maps().forEach(map -> figure.map(out, map));
            out.append("</div>");
        }
        return out.append("</div>").toString();
    }

    private void map(StringBuilder out, Map map) {
        out.append("<figure><svg viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" role=\"img\">")
                .append(Html.element("title", "", map.name()))
                .append("<image width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" href=\"")
                .append(Shade.picture(map.values(), width, height).dataUri())
                .append("\"/>");
        if (map.anchor() >= 0) {
            out.append("<rect class=\"anchor\" x=\"")
                    .append(map.anchor() % width)
                    .append("\" y=\"")
                    .append(map.anchor() / width)
                    .append("\" width=\"1\" height=\"1\"/>");
        }
        out.append("</svg>").append(Html.element("figcaption", "", map.name())).append("</figure>");
    }
}
