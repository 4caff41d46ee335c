/**
 * What an operator sees and what keeps two processes apart: {@code /health} and {@code /metrics} on loopback, the data
 * directory with its locks, the log file, the state of the host's clock. Nothing here is on a message's way; the server
 * has one thread of its own, {@code md-ops}. Start reading at {@link dev.millrace.ops.OpsServer} and
 * {@link dev.millrace.ops.DataDirectory}.
 */
package dev.millrace.ops;
