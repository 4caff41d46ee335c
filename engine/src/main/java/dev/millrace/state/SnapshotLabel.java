package dev.millrace.state;

/**
 * What stands before the state in its file.
 *
 * @param engineVersion the program that wrote it, for people
 * @param semanticsVersion the market's; another one's state is not used
 * @param sequence of the last record applied
 * @param receiveNs receive time of that record
 */
record SnapshotLabel(String engineVersion, int semanticsVersion, long sequence, long receiveNs) {}
