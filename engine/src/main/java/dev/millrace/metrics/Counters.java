package dev.millrace.metrics;

import java.util.Collection;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * The registry of counters by name ({@code <package>.<noun>}, optionally {@code .<reason>}: {@code codec.refused.px}).
 * Asking for a name again gives the same counter. Each counter has one writing thread.
 */
public final class Counters {

    private final ConcurrentMap<String, Counter> byName = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, Observed> observed = new ConcurrentSkipListMap<>();

    /** Creates or finds a counter; done at start-up, not on the hot path. */
    public Counter counter(String name, String help) {
        return byName.computeIfAbsent(name, key -> new Counter(key, help, false));
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

    /** The value of a counter or of an observed number; 0 when nobody has created it. */
    public long value(String name) {
        Counter counter = byName.get(name);
        if (counter != null) {
            return counter.get();
        }
        Observed number = observed.get(name);
        return number == null ? 0 : number.value().getAsLong();
    }

    /** The numbers that are read when asked for, by name. */
    public Collection<Observed> observed() {
        return observed.values();
    }

    /** All counters, by name. */
    public Collection<Counter> all() {
        return byName.values();
    }
}
