/**
 * Snapshots of the market's state: files that save a start from replaying the whole journal. The journal stays the
 * record; a snapshot that is missing, damaged or foreign costs time and nothing else.
 *
 * <p>Threads: the market thread hands a copy of the state over ({@link dev.millrace.state.Snapshots}), {@code md-snapshot}
 * writes it. Start reading at {@link dev.millrace.state.SnapshotFile} (the bytes), then {@link
 * dev.millrace.state.Snapshots}.
 */
package dev.millrace.state;
