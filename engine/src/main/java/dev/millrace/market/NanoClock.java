package dev.millrace.market;

/** Local time as an input. */
@FunctionalInterface
public interface NanoClock {

    /** Nanoseconds since 1970, UTC; may step when the anchor is renewed. Any thread; allocates nothing. */
    long nowNs();
}
