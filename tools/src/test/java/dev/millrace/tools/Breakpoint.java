package dev.millrace.tools;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Location;
import com.sun.jdi.ReferenceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A place in the program.
 *
 * @param type its class
 * @param method where it is the entry to a method; empty where it is a line
 * @param line of the class's source
 */
record Breakpoint(String type, String method, int line) {

    static final String CHRONICLE = "net.openhft.chronicle.queue.impl.single.";

    private static final Pattern METHOD = Pattern.compile("\\w+\\(\\)");
    private static final Path SOURCES = Path.of("..", "engine", "src", "main", "java");

    /**
     * Before a line, or on entry to a method.
     *
     * @param type below {@code dev.millrace}, or one of Chronicle's
     * @param place text that one line of the type's source holds; {@code name()}, and nothing more, for a method
     */
    static Breakpoint at(String type, String place) {
        String name = type.startsWith(CHRONICLE) ? type : "dev.millrace." + type;
        return METHOD.matcher(place).matches()
                ? new Breakpoint(name, place.substring(0, place.length() - 2), 0)
                : new Breakpoint(name, "", line(name, place));
    }

    private static int line(String name, String text) {
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
        return lines.indexOf(found.get(0)) + 1;
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
