/**
 * The journal through the same market as live, at full speed or paced. Runs on the caller's thread. Start reading at
 * {@link dev.millrace.replay.Replay}.
 */
package dev.millrace.replay;
