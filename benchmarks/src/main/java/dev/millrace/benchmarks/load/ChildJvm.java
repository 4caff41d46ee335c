package dev.millrace.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A process with the flags and the class path of this one, but the same heap and collector for all; ends with its scope. */
final class ChildJvm implements AutoCloseable {

    /** The same for every client and the sender. */
    static final List<String> FLAGS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");

    private final String name;
    private final Process process;
    private final BufferedReader said;

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        said = process.inputReader(StandardCharsets.UTF_8);
    }

    static ChildJvm start(Class<?> main, List<String> arguments, List<String> moreFlags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(moreFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new ChildJvm(main.getSimpleName(), process);
    }

    /** Of every process of the rig. */
    static List<String> flags() {
        Stream<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.matches("-Xm.*|-XX:StartFlightRecording.*|-XX:.Use\\w+GC"));
        return Stream.concat(own, FLAGS.stream()).toList();
    }

    long pid() {
        return process.pid();
    }

    /** Waits for its next line. */
    String line() throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new IllegalStateException(name + " ended early; its words are above");
        }
        return line;
    }

    /** The word to stop. */
    void say(String word) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write(word.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Waits for its end. */
    void join() throws InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException(name + " ended with " + code + "; its words are above");
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
