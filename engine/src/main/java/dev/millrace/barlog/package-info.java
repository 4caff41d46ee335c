/**
 * The bar log: every bar and revision that live emitted, with the journal's record that made it, one file a UTC day of
 * bar starts. Whatever derives the bars again, recovery or {@code replay --verify}, is compared with it.
 *
 * <p>Threads: the market thread hands over ({@link dev.millrace.barlog.BarLog}), {@code md-bar-log} writes. Start reading
 * at {@link dev.millrace.barlog.BarRecord} (the bytes), then {@code BarLog} and {@link
 * dev.millrace.barlog.BarLogVerification}.
 */
package dev.millrace.barlog;
