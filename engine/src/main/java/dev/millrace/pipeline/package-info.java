/**
 * The wiring: which handler follows which, on which thread. {@link dev.millrace.pipeline.Pipeline} is the one file that
 * reads top-down; {@link dev.millrace.pipeline.Market} is what capture, recovery and replay have in common, from raw record
 * to bars.
 *
 * <p>Threads: {@code md-journal} and {@code md-market}, in the profile {@code small} one thread for both; {@code md-clock}
 * publishes clock records.
 */
package dev.millrace.pipeline;
