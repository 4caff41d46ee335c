package dev.millrace.benchmarks.load;

import dev.millrace.benchmarks.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * CPU of a process since its start by the name of its threads, as Linux counts it: the JVM's own threads too, which no
 * Java interface lists.
 *
 * @param ticks of a hundredth of a second; empty where there is no {@code /proc}
 */
record CpuByThread(Map<String, Long> ticks) {

    private static final int MOST = 8;
    /** utime and stime among what follows the name in {@code /proc/PID/task/TID/stat}. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    static CpuByThread of(long pid) throws IOException {
        Map<String, Long> ticks = new TreeMap<>();
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        if (Files.isDirectory(tasks)) {
            try (Stream<Path> threads = Files.list(tasks)) {
                threads.forEach(thread -> add(thread.resolve("stat"), ticks));
            }
        }
        return new CpuByThread(ticks);
    }

    private static void add(Path stat, Map<String, Long> ticks) {
        try {
            add(Files.readString(stat), ticks);
        } catch (IOException ignored) {
            // The thread has ended since it was listed, a compiler's most likely.
        }
    }

    /** {@code TID (name) state …}; the name may hold blanks, and numbered threads count as one. */
    private static void add(String stat, Map<String, Long> ticks) {
        String name =
                stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')).replaceAll("[ #-]*[0-9]+$", "");
        String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        ticks.merge(name, Long.parseLong(rest[USER]) + Long.parseLong(rest[SYSTEM]), Long::sum);
    }

    /** @param messages that the process had */
    void print(Markdown page, long messages) {
        page.line("CPU by thread since the start of the process, over all messages:");
        page.table(List.of("thread", "seconds", "µs a message"));
        ticks.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST)
                .forEach(thread -> page.row(String.format(
                        Locale.ROOT,
                        "%s | %.2f | %.2f",
                        thread.getKey(),
                        thread.getValue() / 1e2,
                        thread.getValue() * 1e4 / messages)));
        page.line("");
    }
}
