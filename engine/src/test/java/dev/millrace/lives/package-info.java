/**
 * Simulated lives: the shipped feed, handlers and market on one thread, between a venue, a time and a journal that are models, driven by
 * a seed. Start reading at {@link dev.millrace.lives.Life}.
 */
package dev.millrace.lives;
