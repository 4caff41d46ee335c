/**
 * History from the venue's REST interface: which candles and payments are missing, and in which order they are asked for.
 * What comes is journaled by whoever asks, and reaches the tables that way; what is stored is the only progress kept.
 * Threads: the caller's, who may wait for the budget. Start reading at {@link dev.millrace.discovery.Collection}.
 */
package dev.millrace.discovery;
