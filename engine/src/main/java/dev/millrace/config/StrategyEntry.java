package dev.millrace.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.TreeMap;

/** One of {@code strategies}: a class, and parameters whose names the strategy alone knows. */
final class StrategyEntry {

    private StrategyEntry() {}

    static StrategyConfig read(ConfigObject entry) {
        for (String name : entry.keySet()) {
            Check.that(
                    name.equals("class") || name.equals("parameters"),
                    "strategies",
                    name,
                    "an entry has class and parameters only");
        }
        String className =
                entry.containsKey("class") ? String.valueOf(entry.get("class").unwrapped()) : "";
        return new StrategyConfig(className, parameters(entry));
    }

    private static Map<String, String> parameters(ConfigObject entry) {
        Map<String, String> parameters = new TreeMap<>();
        if (entry.get("parameters") instanceof ConfigObject given) {
            given.forEach((name, value) -> parameters.put(name, parameter(name, value)));
        } else {
            Check.that(!entry.containsKey("parameters"), "strategies", entry.unwrapped(), "parameters is a section");
        }
        return parameters;
    }

    private static String parameter(String name, ConfigValue value) {
        boolean plain = switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> true;
            case NULL, LIST, OBJECT -> false;
        };
        Check.that(plain, "strategies", name, "a parameter is a text, a number, true or false");
        return value.valueType() == ConfigValueType.NUMBER
                ? value.atKey(name).getString(name)
                : value.unwrapped().toString();
    }
}
