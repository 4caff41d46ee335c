/**
 * Makes days again that the tables and the lake hold already: from the journal, by a market of its own whose rows take the
 * place of those that are there, or, where the journal no longer goes back so far, bars from the ticks that are kept. Begin with
 * {@link dev.millrace.rebuild.Rebuild}. On the caller's thread, while nobody else writes the tables.
 */
package dev.millrace.rebuild;
