package dev.millrace.ops;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What the JVM says of itself: heap, collections, threads, open files. */
final class JvmMetrics {

    private JvmMetrics() {}

    static List<MetricSnapshot> read() {
        long collections = 0;
        long collectionMs = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            collectionMs += Math.max(0, collector.getCollectionTime());
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        double uptime = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        List<MetricSnapshot> metrics = new ArrayList<>();
        metrics.add(MetricsPage.gauge("jvm.heap.used.bytes", "Heap in use", (double) heap));
        metrics.add(MetricsPage.gauge("jvm.threads", "Live threads", threads));
        metrics.add(MetricsPage.gauge("jvm.uptime.seconds", "Since the JVM started", uptime));
        metrics.add(MetricsPage.counter("jvm.gc.collections", "Garbage collections", (double) collections));
        metrics.add(MetricsPage.counter("jvm.gc.seconds", "Time spent in them", collectionMs / 1e3));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            double open = unix.getOpenFileDescriptorCount();
            metrics.add(MetricsPage.gauge("jvm.open.files", "Open file descriptors", open));
        }
        return metrics;
    }
}
