package dev.millrace.state;

import dev.millrace.market.StateReader;
import java.nio.file.Path;

/**
 * A sound snapshot as read.
 *
 * @param sequence of the last record applied
 * @param receiveNs receive time of that record in the journal to which it belongs
 * @param state to be read once
 */
public record Snapshot(Path file, long sequence, long receiveNs, StateReader state) {}
