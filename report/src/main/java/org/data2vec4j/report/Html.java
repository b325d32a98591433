package org.data2vec4j.report;

/** Text for HTML and XML. */
final class Html {
    private Html() {}

    /** The text with everything escaped that means something in HTML, attribute values included; control characters go. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append(c);
                default -> out.append(Character.isISOControl(c) ? "" : c);
            }
        }
        return out.toString();
    }

    /** An element with escaped text in it. */
    static String element(String name, String cssClass, String text) {
        return "<" + name + (cssClass.isEmpty() ? "" : " class=\"" + cssClass + "\"") + ">" + escape(text) + "</" + name
                + ">";
    }
}
