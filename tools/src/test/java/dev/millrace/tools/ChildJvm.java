package dev.millrace.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the program in a JVM of its own, with the flags of the package. */
final class ChildJvm {

    private final String classPath;
    private final List<String> flags;

    private ChildJvm(String classPath, List<String> flags) {
        this.classPath = classPath;
        this.flags = flags;
    }

    /** Compiles quickly rather than well: none lives long. */
    static ChildJvm shortLived() {
        return shortLived(System.getProperty("java.class.path", ""));
    }

    /** The same with another class path than this JVM's. */
    static ChildJvm shortLived(String classPath) {
        return new ChildJvm(
                classPath, List.of("@" + Path.of("..", "config", "jvm.options"), "-XX:TieredStopAtLevel=1"));
    }

    ChildJvm with(String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return new ChildJvm(classPath, all);
    }

    /** Its output is for the caller to read. */
    Process start(List<String> arguments) throws IOException {
        return builder(arguments).start();
    }

    /** Appends what it says to a file. */
    Process start(Path said, List<String> arguments) throws IOException {
        return builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                .start();
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, "dev.millrace.tools.Main"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        return builder;
    }

    static String text(Path said) {
        try {
            return Files.readString(said, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
