/**
 * The tables behind the journal, in DuckDB: rows and the journal's sequence that they reach to are committed together, so
 * each row is there exactly once, whatever dies. The tables are a cache; the journal and the lake are the record.
 *
 * <p>Threads: {@code md-store} runs the market behind the journal and collects rows ({@link
 * dev.millrace.store.RowCollector}); {@code md-store-flush} commits them ({@link dev.millrace.store.Flusher}); {@code
 * md-store-roll} moves closed days to the lake ({@link dev.millrace.store.Roller}). Questions are answered by {@link
 * dev.millrace.store.Reading}, on the thread that asks. Start reading at {@link dev.millrace.store.Table} and {@code schema-1.sql}, then {@link dev.millrace.store.BatchWriter}.
 */
package dev.millrace.store;
