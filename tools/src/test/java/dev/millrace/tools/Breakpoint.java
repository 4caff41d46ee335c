package dev.millrace.tools;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Location;
import com.sun.jdi.ReferenceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A place in the program.
 *
 * @param type its class
 * @param method where it is the entry to a method; empty where it is a line
 * @param line of the class's source
 */
record Breakpoint(String type, String method, int line) {

    static final String CHRONICLE = "net.openhft.chronicle.queue.impl.single.";

    private static final Path SOURCES = Path.of("..", "engine", "src", "main", "java");

    /** Before the one line of the engine's source that holds a text. */
    static Breakpoint atLine(String type, String text) {
        String name = "dev.millrace." + type;
        Path source = SOURCES.resolve(name.replace('.', '/') + ".java");
        List<String> lines;
        try {
            lines = Files.readAllLines(source);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + source, e);
        }
        List<String> found = lines.stream().filter(line -> line.contains(text)).toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    source + " must hold '" + text + "' in one line, not in " + found.size() + ": name the place anew");
        }
        return new Breakpoint(name, "", lines.indexOf(found.get(0)) + 1);
    }

    static Breakpoint atMethod(String type, String method) {
        return new Breakpoint(type, method, 0);
    }

    Location location(ReferenceType loaded) {
        try {
            return method.isEmpty()
                    ? loaded.locationsOfLine(line).get(0)
                    : loaded.methodsByName(method).get(0).location();
        } catch (AbsentInformationException | IndexOutOfBoundsException e) {
            throw new AssertionError("no code at " + this + ": name the place anew", e);
        }
    }
}
