package dev.millrace;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which package may import which, and where each library is at home.
 *
 * <pre>
 * Engine, Main                                                       see everything; nothing sees them
 * rebuild ─▶ replay handover ─▶ pipeline      ops                             assembly: sees the components
 * feed rest sentiment simulator ─▶ tls    discovery journal barlog control order bars books freshness state strategy thread store quality ─▶ lake   components: see no other
 * simulator.faults                                                   what the simulator may be told to do wrong
 * codec.hyperliquid codec.alternativeme                               frames ⇄ nouns
 * tables                                                             rows that are kept
 * metrics    config ─▶ market                                        base
 * </pre>
 *
 * A new package is a new line here.
 */
final class PackageDirection extends ArchCondition<JavaClass> {

    private static final Set<String> BASE = Set.of("market", "config", "metrics");
    private static final Set<String> BASE_AND_CODEC = with(BASE, "codec.hyperliquid", "codec.alternativeme");
    private static final Set<String> WIRE = with(BASE_AND_CODEC, "tls");
    private static final Set<String> COMPONENTS = with(
            BASE_AND_CODEC,
            "feed",
            "rest",
            "sentiment",
            "simulator",
            "simulator.faults",
            "tls",
            "journal",
            "control",
            "barlog",
            "order",
            "bars",
            "books",
            "freshness",
            "state",
            "store",
            "strategy",
            "thread",
            "tables",
            "lake",
            "discovery",
            "quality");

    private static final Map<String, Set<String>> MAY_IMPORT = mayImport();

    private static final Map<String, Set<String>> HOMES = Map.ofEntries(
            Map.entry("io.netty", Set.of("feed", "simulator", "ops", "rest")),
            Map.entry("net.openhft", Set.of("journal", "thread")),
            Map.entry("com.lmax", Set.of("pipeline")),
            Map.entry("org.duckdb", Set.of("store")),
            Map.entry(
                    "com.dslplatform",
                    Set.of(
                            "codec.hyperliquid",
                            "codec.alternativeme",
                            "rest",
                            "simulator",
                            "journal",
                            "ops",
                            "control",
                            "discovery")),
            Map.entry("com.typesafe", Set.of("config")),
            Map.entry("org.apache.parquet", Set.of("lake")),
            Map.entry("org.apache.hadoop", Set.of("lake")),
            Map.entry("io.prometheus", Set.of("ops")),
            Map.entry("dev.failsafe", Set.of("rest")),
            Map.entry("net.jpountz", Set.of("journal", "simulator")));

    private final String root;

    /** @param root the package that holds {@code market}, {@code feed} and the others */
    PackageDirection(String root) {
        super("respect the direction of the packages");
        this.root = root;
    }

    private static Map<String, Set<String>> mayImport() {
        Map<String, Set<String>> table = new HashMap<>();
        table.put("market", Set.of());
        table.put("metrics", Set.of());
        table.put("config", Set.of("market"));
        table.put("codec.hyperliquid", BASE);
        table.put("codec.alternativeme", BASE);
        for (String component : Set.of(
                "tls",
                "journal",
                "control",
                "barlog",
                "order",
                "bars",
                "books",
                "freshness",
                "state",
                "strategy",
                "thread")) {
            table.put(component, BASE);
        }
        table.put("feed", WIRE);
        table.put("rest", WIRE);
        table.put("sentiment", WIRE);
        table.put("simulator", with(WIRE, "simulator.faults"));
        table.put("simulator.faults", BASE);
        table.put("tables", Set.of());
        table.put("lake", with(BASE, "tables"));
        table.put("store", with(BASE_AND_CODEC, "tables", "lake"));
        table.put("discovery", BASE);
        table.put("quality", with(BASE, "tables", "lake"));
        table.put("pipeline", COMPONENTS);
        table.put("ops", COMPONENTS);
        table.put("replay", with(COMPONENTS, "pipeline"));
        table.put("rebuild", with(COMPONENTS, "pipeline", "replay", "ops"));
        table.put("handover", with(COMPONENTS, "pipeline", "ops"));
        return Map.copyOf(table);
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Optional<String> from = below(type);
        if (from.isEmpty()) {
            return; // Engine and Main
        }
        if (!MAY_IMPORT.containsKey(from.get())) {
            violated(events, type, type.getName() + ": package " + from.get() + " has no line in PackageDirection");
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            checkImport(from.get(), dependency, events);
            checkHome(from.get(), dependency, events);
        }
    }

    private void checkImport(String from, Dependency dependency, ConditionEvents events) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!isUnder(target, root)) {
            return;
        }
        String to = below(target).orElse("");
        if (!to.equals(from) && !MAY_IMPORT.get(from).contains(to)) {
            String what = to.isEmpty() ? "what assembles it" : to;
            violated(events, dependency, from + " must not import " + what + ": " + dependency.getDescription());
        }
    }

    private void checkHome(String from, Dependency dependency, ConditionEvents events) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        HOMES.forEach((library, homes) -> {
            if (isUnder(target, library) && !homes.contains(from)) {
                violated(events, dependency, library + " is at home in " + homes + ": " + dependency.getDescription());
            }
        });
    }

    private static void violated(ConditionEvents events, Object what, String message) {
        events.add(SimpleConditionEvent.violated(what, message));
    }

    /** The package under the root, {@code feed} or {@code codec.hyperliquid}; empty for the root itself. */
    private Optional<String> below(JavaClass type) {
        String name = type.getPackageName();
        return name.length() > root.length() ? Optional.of(name.substring(root.length() + 1)) : Optional.empty();
    }

    private static boolean isUnder(JavaClass type, String name) {
        return type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
    }
}
