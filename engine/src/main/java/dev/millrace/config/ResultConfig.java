package dev.millrace.config;

/**
 * The settings that can change a result. Their full text stands in every session header of the journal, and handlers
 * take them from the last header they passed, never from a file.
 */
public record ResultConfig(OrderConfig order, ClockConfig clock, BarsConfig bars, FreshnessConfig freshness) {

    /** With the freshness settings that held before they could be chosen. */
    public ResultConfig(OrderConfig order, ClockConfig clock, BarsConfig bars) {
        this(order, clock, bars, FreshnessConfig.DEFAULT);
    }
}
