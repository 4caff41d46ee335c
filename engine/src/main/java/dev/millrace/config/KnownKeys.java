package dev.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The keys of {@code millrace.conf}, which are all there are, and the search for keys that are none of them. */
final class KnownKeys {

    static final String PREFIX = "MILLRACE_";

    /** What another section costs, in edits. */
    private static final int OTHER_SECTION = 4;

    private final TreeSet<String> keys = new TreeSet<>();
    private final Map<String, String> byVariable = new TreeMap<>();

    KnownKeys(Config defaults) {
        collect(defaults.root(), List.of());
        keys.forEach(key -> byVariable.put(variable(key), key));
    }

    Collection<String> all() {
        return keys;
    }

    /** {@code feed.silence-limit} is {@code MILLRACE_FEED__SILENCE_LIMIT}. */
    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace(".", "__").replace('-', '_');
    }

    /** The key of a variable; null when it maps to none. */
    String keyOf(String variable) {
        return byVariable.get(variable);
    }

    String nearestVariable(String variable) {
        return nearest(variable, byVariable.keySet());
    }

    /** One sentence for each key that is none of ours, and for each section that was given a value. */
    List<String> strangers(Config overlay) {
        List<String> problems = new ArrayList<>();
        search(overlay.root(), List.of(), problems);
        return problems;
    }

    private void collect(ConfigObject section, List<String> path) {
        for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
            List<String> inner = append(path, entry.getKey());
            if (entry.getValue() instanceof ConfigObject deeper) {
                collect(deeper, inner);
            } else {
                keys.add(ConfigUtil.joinPath(inner));
            }
        }
    }

    private void search(ConfigObject section, List<String> path, List<String> problems) {
        for (String name : new TreeSet<>(section.keySet())) {
            List<String> inner = append(path, name);
            String key = ConfigUtil.joinPath(inner);
            ConfigValue value = section.get(name);
            if (keys.contains(key)) {
                continue;
            }
            if (value instanceof ConfigObject deeper && !deeper.isEmpty()) {
                search(deeper, inner, problems);
            } else if (isSection(key)) {
                if (!(value instanceof ConfigObject)) {
                    problems.add(key + " is a section, it takes no value; set one of its keys, such as "
                            + keys.ceiling(key + ".") + Origins.suffix(value.origin()));
                }
            } else {
                problems.add("unknown key " + key + "; did you mean " + nearest(key, keys) + "?"
                        + Origins.suffix(value.origin()));
            }
        }
    }

    private boolean isSection(String key) {
        String next = keys.ceiling(key + ".");
        return next != null && next.startsWith(key + ".");
    }

    private static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static String nearest(String wrong, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(wrong, candidate)))
                .orElseThrow();
    }

    /** Edits between the two; a key with the right name in the wrong section is the next best thing to equal. */
    private static int distance(String wrong, String right) {
        boolean sameName =
                right.substring(right.lastIndexOf('.') + 1).equals(wrong.substring(wrong.lastIndexOf('.') + 1));
        int elsewhere = section(wrong).equals(section(right)) ? 0 : OTHER_SECTION;
        return sameName ? 1 : edits(wrong, right) + elsewhere;
    }

    private static String section(String key) {
        return key.substring(0, Math.max(0, key.indexOf('.')));
    }

    private static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
