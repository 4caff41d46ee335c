package dev.millrace.metrics;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * The registry of counters by name ({@code <package>.<noun>}, optionally {@code .<reason>}: {@code codec.refused.px}).
 * Asking for a name again gives the same counter. Each counter has one writing thread.
 */
public final class Counters {

    private final ConcurrentMap<String, Counter> byName = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, ConcurrentMap<String, Counter>> bySymbol = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, Observed> observed = new ConcurrentSkipListMap<>();

    /** Creates or finds a counter; done at start-up, not on the hot path. */
    public Counter counter(String name, String help) {
        return byName.computeIfAbsent(name, key -> new Counter(key, help, false));
    }

    /** Creates or finds the counter of one symbol; done when the symbol is first seen. */
    public Counter counter(String name, String help, String symbol) {
        return bySymbol.computeIfAbsent(name, key -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(symbol, key -> new Counter(name, help, false));
    }

    /** Creates or finds a number that may fall, written by {@link Counter#set}. */
    public Counter gauge(String name, String help) {
        return byName.computeIfAbsent(name, key -> new Counter(key, help, true));
    }

    /**
     * Shows a number that may fall and is read when asked for.
     *
     * @param value called by any thread
     */
    public void observe(String name, String help, LongSupplier value) {
        observed.put(name, new Observed(name, help, value));
    }

    /** The value of a counter or of an observed number, of all symbols together; 0 when nobody has created it. */
    public long value(String name) {
        Counter counter = byName.get(name);
        if (counter != null) {
            return counter.get();
        }
        Observed number = observed.get(name);
        if (number != null) {
            return number.value().getAsLong();
        }
        return ofSymbols(name).values().stream().mapToLong(Counter::get).sum();
    }

    /** The numbers that are read when asked for, by name. */
    public Collection<Observed> observed() {
        return observed.values();
    }

    /** Those of one name, by symbol. */
    public Map<String, Counter> ofSymbols(String name) {
        return bySymbol.getOrDefault(name, new ConcurrentSkipListMap<>());
    }

    /** The names of those that there is one of for each symbol. */
    public Collection<String> namesOfSymbols() {
        return bySymbol.keySet();
    }

    /** All counters but those of symbols, by name. */
    public Collection<Counter> all() {
        return byName.values();
    }
}
