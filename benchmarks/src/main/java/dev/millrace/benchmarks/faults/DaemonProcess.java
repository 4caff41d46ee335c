package dev.millrace.benchmarks.faults;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged program in processes of its own, with this one's JVM, flags and class path. */
final class DaemonProcess implements AutoCloseable {

    private static final String MAIN = "dev.millrace.tools.Main";
    private static final Pattern OPS = Pattern.compile("health and metrics on (http://[0-9.:]+)");
    private static final long START_S = 60;
    private static final long STOP_S = 30;
    private static final long LOOK_MS = 50;

    private final Process process;
    private final Path said;

    private DaemonProcess(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** Starts {@code millrace run}; what it says goes to a file. */
    static DaemonProcess start(List<String> settings, Path said) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run"));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return new DaemonProcess(process(arguments, said), said);
    }

    /** Runs a command to its end and gives its exit code. */
    static int run(List<String> arguments, Path said) throws IOException, InterruptedException {
        return process(arguments, said).waitFor();
    }

    private static Process process(List<String> arguments, Path said) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                .start();
    }

    static List<String> flags() {
        Stream<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments().stream();
        return own.filter(flag -> !flag.matches("-javaagent.*|-XX:StartFlightRecording.*"))
                .toList();
    }

    /** Where it serves {@code /health}; waits for its start. */
    String ops() throws IOException, InterruptedException {
        long limitNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_S);
        while (System.nanoTime() < limitNs && process.isAlive()) {
            Matcher line = OPS.matcher(words());
            if (line.find()) {
                return line.group(1);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        throw new IllegalStateException("the daemon did not start: " + words());
    }

    private String words() throws IOException {
        return Files.readString(said, StandardCharsets.UTF_8);
    }

    /** By SIGTERM; gives its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the daemon did not stop within " + STOP_S + " s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
