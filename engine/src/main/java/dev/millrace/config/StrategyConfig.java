package dev.millrace.config;

import java.util.Map;
import javax.lang.model.SourceVersion;

/**
 * One entry of {@code strategies}.
 *
 * @param className a class with a public constructor that takes {@code Map<String, String>}, or none at all
 * @param parameters handed to that constructor
 */
public record StrategyConfig(String className, Map<String, String> parameters) {

    public StrategyConfig {
        Check.that(SourceVersion.isName(className), "strategies", className, "class must be the full name of a class");
        parameters = Map.copyOf(parameters);
    }
}
