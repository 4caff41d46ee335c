/**
 * The journal: every record that entered, in order, for ever readable. Chronicle Queue holds the records in hourly files;
 * nothing of Chronicle leaves this package, and the only position known outside is the sequence.
 *
 * <p>Threads: the journaller thread appends ({@link dev.millrace.journal.JournalWriter}); {@code md-journal-sync} forces
 * the files to disk, publishes how far, and writes the sparse index; {@code md-journal-retention}
 * compresses and deletes closed files; readers are independent, each on a thread of its own,
 * in any process. {@code JournalVerify}, {@code JournalList}, {@code JournalExport}, {@code JournalCat} and
 * {@code JournalImport} are the commands, with streams as arguments.
 *
 * <p>Reading goes through three: {@code CycleTailer} brings the files in order, {@code RecordCursor} finds the next record
 * and reads on behind damage, {@code RecordCheck} judges it.
 *
 * <p>Start reading at {@link dev.millrace.journal.RecordLayout} (the bytes), then {@link
 * dev.millrace.journal.JournalWriter} and {@link dev.millrace.journal.JournalReader}.
 */
package dev.millrace.journal;
