package dev.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.regex.Pattern;

/** Where a value stands, nulls included, in the form that editors open: {@code config/mainnet.conf:12}. */
final class Origins {

    private static final Pattern LINE = Pattern.compile(": (\\d+)(-\\d+)?$");

    private Origins() {}

    /** The value at a key, a null included; null when there is none. */
    static ConfigValue find(Config config, String key) {
        ConfigValue value = config.root();
        for (String name : ConfigUtil.splitPath(key)) {
            value = value instanceof ConfigObject section ? section.get(name) : null;
        }
        return value;
    }

    static String text(ConfigOrigin origin) {
        return LINE.matcher(origin.description()).replaceFirst(":$1");
    }

    static String suffix(ConfigOrigin origin) {
        return " (" + text(origin) + ")";
    }
}
