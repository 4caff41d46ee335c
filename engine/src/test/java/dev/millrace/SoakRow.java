package dev.millrace;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a daemon in this process uses after so many messages.
 *
 * @param frames messages so far
 * @param atNs monotonic time
 * @param perSecond messages a second since the row before
 * @param heapBytes on the heap after a collection
 * @param anonymousBytes of the process in memory, without mapped files
 * @param directBytes in direct buffers that the JVM counts
 * @param threads of the process
 * @param diskBytes taken by the data folder
 * @param snapshotAge messages since the newest snapshot
 * @param marketBytes allocated by the market thread since it began
 * @param marketBytesEach of these, by each message since the row before
 */
record SoakRow(
        long frames,
        long atNs,
        double perSecond,
        long heapBytes,
        long anonymousBytes,
        long directBytes,
        int threads,
        long diskBytes,
        long snapshotAge,
        long marketBytes,
        double marketBytesEach) {

    static final String HEAD =
            "   messages     rate/s  heap MiB  RSS anon MiB  direct MiB  threads  disk MiB  snapshot age  B/message";

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final double MIB = 1 << 20;

    static SoakRow of(Engine engine, Path folder, SoakRow before) throws IOException {
        long frames = engine.counters().value("feed.frames");
        long atNs = System.nanoTime();
        long market = allocatedBy("md-market");
        long since = before == null ? frames : frames - before.frames;
        long sequence = engine.counters().value("journal.sequence");
        long diskBytes = diskNow(folder);
        ManagementFactory.getMemoryMXBean().gc();
        return new SoakRow(
                frames,
                atNs,
                before == null ? 0 : since * 1e9 / (atNs - before.atNs),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                anonymousNow(),
                directNow(),
                THREADS.getThreadCount(),
                diskBytes,
                sequence - engine.counters().value("snapshot.sequence"),
                market,
                (double) (market - (before == null ? 0 : before.marketBytes)) / since);
    }

    private static long allocatedBy(String thread) {
        long id = Stream.of(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals(thread))
                .findFirst()
                .orElseThrow()
                .getThreadId();
        return THREADS.getThreadAllocatedBytes(id);
    }

    private static long directNow() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long anonymousNow() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                .findFirst()
                .orElse(0);
    }

    /** What is really allocated: the journal's files are sparse. */
    private static long diskNow(Path folder) throws IOException {
        Process du = new ProcessBuilder(List.of("du", "-s", "-B1", folder.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(du.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (text.isBlank()) {
            throw new NoSuchFileException(folder.toString());
        }
        return Long.parseLong(text.substring(0, text.indexOf('\t')));
    }

    @Override
    public String toString() {
        return "%,11d %,10.0f %9.1f %13.1f %11.1f %8d %9.0f %,13d %10.4f"
                .formatted(
                        frames,
                        perSecond,
                        heapBytes / MIB,
                        anonymousBytes / MIB,
                        directBytes / MIB,
                        threads,
                        diskBytes / MIB,
                        snapshotAge,
                        marketBytesEach);
    }
}
