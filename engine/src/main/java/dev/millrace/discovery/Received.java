package dev.millrace.discovery;

/**
 * What a page brought.
 *
 * @param rows that are final
 * @param reachedMs up to where the series is whole now: the end of the last of them, exclusive; no page asks for what is
 *     before it again
 */
public record Received(int rows, long reachedMs) {}
