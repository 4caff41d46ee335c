/**
 * The newest books: for each symbol the slow (deep), the fast (shallow) and the best bid and offer, each held on its own. A
 * {@link dev.millrace.market.Ladder} shows one of them, or all three as one in which every level says where it comes from
 * and how old it is. Market thread. Start reading at {@link dev.millrace.books.Books}.
 */
package dev.millrace.books;
