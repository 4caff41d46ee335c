package dev.millrace.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into the program. */
public final class EngineVersion {

    private EngineVersion() {}

    /** Name and version, as files tell who wrote them: {@code millrace 0.1.0}. */
    public static String program() {
        return "millrace " + text();
    }

    /** Such as {@code 0.1.0}. */
    public static String text() {
        try (InputStream in = EngineVersion.class.getResourceAsStream("/millrace-version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the version inside the program", e);
        }
    }
}
