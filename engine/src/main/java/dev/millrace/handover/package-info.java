/**
 * An upgrade without a gap: a new daemon takes over from the one that runs. {@link dev.millrace.handover.Successor} is
 * the new one's side, {@link dev.millrace.handover.Predecessor} what the old one answers over its control socket.
 *
 * <p>Until the old one has released, it is the only one that acts; the new one listens and remembers. Threads: the one
 * that starts the new engine; the old one's control threads; {@link dev.millrace.handover.HeldFeed} stands between the
 * feed's thread and the starting one.
 */
package dev.millrace.handover;
