package dev.millrace.config;

import java.util.Map;

/**
 * One entry of {@code strategies}.
 *
 * @param className a class with a public constructor that takes {@code Map<String, String>}, or none at all
 * @param parameters handed to that constructor
 */
public record StrategyConfig(String className, Map<String, String> parameters) {}
