package dev.millrace.metrics;

import java.util.function.LongSupplier;

/**
 * A number that its owner knows anyway, read when somebody asks for it instead of being written all the time.
 *
 * @param name as of a {@link Counter}
 * @param value called by any thread
 */
public record Observed(String name, String help, LongSupplier value) {}
