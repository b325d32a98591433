package org.data2vec4j.version;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this library. */
public final class Version {
    private Version() {}

    /** The project's version, such as {@code 0.1.0}. */
    public static String number() {
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new IllegalStateException("cannot read version.properties", e);
        }
    }
}
