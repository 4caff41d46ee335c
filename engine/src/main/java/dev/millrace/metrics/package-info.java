/**
 * Numbers that are written everywhere and read by {@code ops}: counters and latency histograms. Writing is wait-free and
 * allocates nothing; reading may be done by any thread. Start reading at {@link dev.millrace.metrics.Counters}.
 */
package dev.millrace.metrics;
