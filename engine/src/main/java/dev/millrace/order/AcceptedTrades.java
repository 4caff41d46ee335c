package dev.millrace.order;

/** How many trades of a minute were accepted. */
@FunctionalInterface
interface AcceptedTrades {

    /** The number; {@link Long#MAX_VALUE} where the minute is no longer remembered. */
    long of(String coin, long minuteMs);
}
