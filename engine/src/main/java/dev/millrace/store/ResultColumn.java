package dev.millrace.store;

/**
 * A column of an answer.
 *
 * @param type as SQL names it: {@code DOUBLE}, {@code TIMESTAMP WITH TIME ZONE}
 */
public record ResultColumn(String name, String type) {}
