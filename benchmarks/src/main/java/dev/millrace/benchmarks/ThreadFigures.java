package dev.millrace.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a thread has used since it began.
 *
 * @param cpuNs on a core, in user and system mode
 * @param allocatedBytes on the heap
 */
record ThreadFigures(long cpuNs, long allocatedBytes) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Of all living threads whose name begins so, together. */
    static ThreadFigures of(String name) {
        long[] ids = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().startsWith(name))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        return new ThreadFigures(sum(THREADS.getThreadCpuTime(ids)), sum(THREADS.getThreadAllocatedBytes(ids)));
    }

    ThreadFigures since(ThreadFigures earlier) {
        return new ThreadFigures(cpuNs - earlier.cpuNs, allocatedBytes - earlier.allocatedBytes);
    }

    private static long sum(long[] values) {
        return Arrays.stream(values).sum();
    }
}
