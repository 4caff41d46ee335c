package dev.millrace.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a client's process says at its end, in one line.
 *
 * @param lastNs the last callback, on the monotonic clock
 * @param cpuNs of the whole process from the first callback to the end
 * @param bars that were closed
 */
record Outcome(long lastNs, long cpuNs, int bars) {

    static long processCpuNs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    static void print(long lastNs, long cpuBeforeNs, int bars) {
        System.out.println(lastNs + " " + (processCpuNs() - cpuBeforeNs) + " " + bars);
    }

    static Outcome parse(String line) {
        String[] words = line.split(" ", -1);
        return new Outcome(Long.parseLong(words[0]), Long.parseLong(words[1]), Integer.parseInt(words[2]));
    }
}
