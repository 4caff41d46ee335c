/**
 * The newest books: for each symbol the slow (deep), the fast (shallow) and the best bid and offer, each on its own, never
 * blended. Market thread. Start reading at {@link dev.millrace.books.Books}.
 */
package dev.millrace.books;
