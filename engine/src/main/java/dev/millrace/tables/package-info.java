/**
 * The rows that leave the market for good: which datasets there are, their columns, order and keys ({@link
 * dev.millrace.tables.Dataset}), one row of them and its digest. The lake's files and the database's tables are made from
 * here, so that both sides of a day hold the same columns. Nouns only: no file, no SQL, any thread. Start at {@code Dataset}.
 */
package dev.millrace.tables;
