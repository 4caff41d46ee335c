package dev.millrace.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number that one thread raises and any thread reads. Opaque stores: readers see it soon and never torn, the writer
 * pays for a plain store.
 */
public final class Counter {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    private final String help;
    private final boolean gauge;
    private long value;

    Counter(String name, String help, boolean gauge) {
        this.name = name;
        this.help = help;
        this.gauge = gauge;
    }

    /** Writer thread only. */
    public void increment() {
        add(1);
    }

    /** Writer thread only. */
    public void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    /** Writer thread only: for gauges. */
    public void set(long newValue) {
        VALUE.setOpaque(this, newValue);
    }

    /** Any thread. */
    public long get() {
        return (long) VALUE.getOpaque(this);
    }

    /** Whether it may fall: a level, such as a queue's length, not a count. */
    public boolean isGauge() {
        return gauge;
    }

    public String name() {
        return name;
    }

    public String help() {
        return help;
    }
}
