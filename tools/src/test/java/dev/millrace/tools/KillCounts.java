package dev.millrace.tools;

import java.util.Map;
import java.util.TreeMap;

/** How often a daemon was killed at each point. Any thread. */
final class KillCounts {

    private final Map<String, Integer> counts = new TreeMap<>();

    synchronized void add(String point) {
        counts.merge(point, 1, Integer::sum);
    }

    synchronized int of(String point) {
        return counts.getOrDefault(point, 0);
    }

    @Override
    public synchronized String toString() {
        StringBuilder table = new StringBuilder();
        counts.forEach((point, count) -> table.append(String.format("%n%6d  %s", count, point)));
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return "killed " + all + " times:" + table;
    }
}
