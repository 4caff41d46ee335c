package dev.millrace.config;

/**
 * The settings that can change a result. Their full text stands in every session header of the journal, and handlers
 * take them from the last header they passed, never from a file.
 */
public record ResultConfig(OrderConfig order, ClockConfig clock, BarsConfig bars) {

    public ResultConfig {
        // What a silent connection did not prove must still be open to revision when it is found silent.
        Check.that(
                order.freshFor().compareTo(bars.revisionWindow()) < 0,
                "order.fresh-for",
                order.freshFor(),
                "must be shorter than bars.revision-window, " + Durations.text(bars.revisionWindow()));
    }
}
