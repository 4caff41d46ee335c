package dev.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The keys of {@code millrace.conf}, which are all there are, and the search for keys that are none of them. */
final class KnownKeys {

    static final String PREFIX = "MILLRACE_";

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
        return Spelling.nearest(variable, byVariable.keySet());
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
                problems.add("unknown key " + key + "; did you mean " + Spelling.nearest(key, keys) + "?"
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
}
