package org.data2vec4j.cli;

import org.data2vec4j.version.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code d2v --version} prints: this build's version and the Java that it runs on. */
public final class VersionText implements IVersionProvider {
    /** For picocli. */
    public VersionText() {}

    @Override
    public String[] getVersion() {
        return new String[] {"d2v " + Version.number() + " (Java " + System.getProperty("java.version") + ")"};
    }
}
