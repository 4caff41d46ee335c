package dev.millrace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** What a figure depends on besides the code: the head of each page of results. Names neither machine nor folders. */
public final class Surroundings {

    private static final Path CPU = Path.of("/proc/cpuinfo");

    private Surroundings() {}

    /**
     * Writes date, commit, machine, JVM, flags and command.
     *
     * @param main the class that was run
     * @param arguments it was given
     * @param flags of the measured JVMs
     */
    public static void print(Markdown page, Class<?> main, String[] arguments, List<String> flags) throws IOException {
        page.line("- date: %s, commit %s", LocalDate.now(Clock.systemUTC()), commit());
        page.line("- machine: %s", machine());
        page.line(
                "- JVM: %s %s; %s",
                System.getProperty("java.vm.name"),
                Runtime.version(),
                String.join(" ", flags.stream().filter(Surroundings::isTelling).toList()));
        page.line(
                "- command: `%s`",
                String.join(
                        " ",
                        Stream.concat(Stream.of(main.getName()), Stream.of(arguments))
                                .toList()));
        page.line(
                "- load average of the machine at the start: %.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Access to JDK internals and switches for noise change nothing. */
    private static boolean isTelling(String flag) {
        return flag.startsWith("-X") && !flag.equals("-XX:+IgnoreUnrecognizedVMOptions");
    }

    private static String machine() throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getAvailableProcessors() + " cores" + cpu() + ", "
                + Math.round(system.getTotalMemorySize() / (double) (1 << 30)) + " GiB, " + system.getName() + " "
                + system.getVersion().replaceAll("-.*", "");
    }

    private static String cpu() throws IOException {
        if (!Files.exists(CPU)) {
            return " (" + System.getProperty("os.arch") + ")";
        }
        return Files.readAllLines(CPU).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> " of " + line.substring(line.indexOf(':') + 1).strip())
                .orElse("");
    }

    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return answer.isEmpty() ? "unknown (no git checkout)" : answer;
    }
}
