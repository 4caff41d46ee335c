package dev.millrace.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** The validations that the records share. */
final class Check {

    private Check() {}

    static void that(boolean valid, String key, Object value, String whatIsValid) {
        if (!valid) {
            Object shown = value instanceof Duration duration ? Durations.text(duration) : value;
            throw ConfigException.badValue(key, shown, whatIsValid);
        }
    }

    static void positive(String key, Duration value) {
        that(!value.isNegative() && !value.isZero(), key, value, "must be longer than 0");
    }

    static void notNegative(String key, Duration value) {
        that(!value.isNegative(), key, value, "must be 0 s or longer");
    }

    static void range(String key, long value, long min, long max) {
        that(value >= min && value <= max, key, value, "must be from " + min + " to " + max);
    }

    static <T> List<T> distinct(String key, List<T> values) {
        that(new HashSet<>(values).size() == values.size(), key, values, "must not name anything twice");
        return List.copyOf(values);
    }
}
