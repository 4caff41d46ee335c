package dev.millrace.config;

/**
 * The settings that can change a result. Their full text stands in every session header of the journal, and handlers
 * take them from the last header they passed, never from a file.
 */
public record ResultConfig(OrderConfig order, ClockConfig clock, BarsConfig bars) {}
