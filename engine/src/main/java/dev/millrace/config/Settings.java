package dev.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueType;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Typed reading of settings; every failure is a {@link ConfigException} with key, value and what would be valid. */
final class Settings {

    private final Config config;

    Settings(Config config) {
        this.config = config;
    }

    String text(String key) {
        return read(key, "must be a text", () -> config.getString(key));
    }

    boolean flag(String key) {
        return read(key, "must be true or false", () -> config.getBoolean(key));
    }

    int whole(String key) {
        return (int) wholeLong(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    double number(String key) {
        return read(key, "must be a number", () -> config.getDouble(key));
    }

    private long wholeLong(String key, long min, long max) {
        String valid = "must be a whole number";
        double number = read(key, valid, () -> config.getDouble(key));
        Check.that(number == Math.rint(number) && number >= min && number <= max, key, shown(key), valid);
        return (long) number;
    }

    Duration duration(String key) {
        String valid = "must be a duration with its unit (ns us ms s m h d), such as 500 ms";
        requireUnit(key, valid);
        return read(key, valid, () -> config.getDuration(key));
    }

    long bytes(String key) {
        return bytes(key, ", such as 16 MiB");
    }

    private long bytes(String key, String example) {
        String valid = "must be a size with its unit (B KiB MiB GiB)" + example;
        requireUnit(key, valid);
        return read(key, valid, () -> config.getBytes(key));
    }

    /** {@link Long#MAX_VALUE} for the word unlimited. */
    long bytesOrUnlimited(String key) {
        return text(key).equals("unlimited") ? Long.MAX_VALUE : bytes(key, ", such as 100 GiB, or unlimited");
    }

    /** The longest duration for {@code unlimited}. */
    Duration durationOrUnlimited(String key) {
        return "unlimited".equals(text(key)) ? Duration.ofSeconds(Long.MAX_VALUE) : duration(key);
    }

    /** Empty for {@code off}. */
    Optional<Duration> durationOrOff(String key) {
        return "off".equals(text(key)) ? Optional.empty() : Optional.of(duration(key));
    }

    Path path(String key) {
        String valid = "must be a folder or file";
        String text = read(key, valid, () -> config.getString(key));
        Check.that(!text.isBlank(), key, "\"" + text + "\"", valid);
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw ConfigException.badValue(key, text, valid + "; " + e.getReason());
        }
    }

    URI url(String key, String auto) {
        String text = text(key);
        try {
            return URI.create(text.equals("auto") ? auto : text);
        } catch (IllegalArgumentException e) {
            throw ConfigException.badValue(key, text, "must be an address or auto; " + e.getMessage());
        }
    }

    /** A list, or a text with commas, as variables and {@code --set} give it. */
    List<String> words(String key) {
        return read(key, "must be a list such as [a, b]", () -> {
            if (Origins.find(config, key).valueType() != ConfigValueType.STRING) {
                return config.getStringList(key);
            }
            String text = config.getString(key);
            return text.isBlank()
                    ? List.of()
                    : Arrays.stream(text.split(",", -1)).map(String::trim).toList();
        });
    }

    /** The words, each put through {@code parse}, whose complaint becomes the message. */
    <T> List<T> list(String key, Function<String, T> parse) {
        List<String> words = words(key);
        try {
            return words.stream().map(parse).toList();
        } catch (IllegalArgumentException e) {
            throw ConfigException.badValue(key, words, e.getMessage());
        }
    }

    /** The constant whose name, in small letters, the text is. */
    <E extends Enum<E>> E choice(String key, Class<E> all) {
        String name = text(key);
        return find(name, all).orElseThrow(() -> ConfigException.badValue(key, name, "must be " + names(all)));
    }

    /** As {@link #choice}, several. */
    <E extends Enum<E>> List<E> choices(String key, Class<E> all) {
        return list(
                key,
                name -> find(name, all)
                        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' must be " + names(all))));
    }

    private static <E extends Enum<E>> Optional<E> find(String name, Class<E> all) {
        return Arrays.stream(all.getEnumConstants())
                .filter(one -> name(one).equals(name))
                .findAny();
    }

    /** {@code a, b or c}. */
    private static <E extends Enum<E>> String names(Class<E> all) {
        List<String> names =
                Arrays.stream(all.getEnumConstants()).map(Settings::name).toList();
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    private static String name(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    List<? extends ConfigObject> objects(String key) {
        String valid = "must be a list of { class = …, parameters { … } }";
        return read(key, valid, () -> config.getObjectList(key));
    }

    /** Whether there is a value at all: a header of an older version lacks what was added since. */
    boolean has(String key) {
        return config.hasPathOrNull(key);
    }

    /** True for the HOCON value null. */
    boolean isNull(String key) {
        return config.hasPathOrNull(key) && config.getIsNull(key);
    }

    private void requireUnit(String key, String valid) {
        String text = read(key, valid, () -> config.getString(key)).trim();
        boolean unit = !text.isEmpty() && Character.isLetter(text.charAt(text.length() - 1));
        Check.that(unit, key, shown(key), valid);
    }

    private <T> T read(String key, String valid, Supplier<T> getter) {
        if (!config.hasPathOrNull(key)) {
            throw new ConfigException(key, key + " is missing: " + valid);
        }
        try {
            return getter.get();
        } catch (com.typesafe.config.ConfigException e) {
            throw ConfigException.badValue(key, shown(key), valid);
        }
    }

    private String shown(String key) {
        return String.valueOf(Origins.find(config, key).unwrapped());
    }
}
