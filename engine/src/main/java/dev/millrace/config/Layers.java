package dev.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The layers a configuration is made of, each parsed on its own. */
final class Layers {

    /** Variables with our prefix that are no settings: read by the launcher. */
    private static final Set<String> LAUNCHER_VARIABLES = Set.of("MILLRACE_JAVA_OPTS");

    private Layers() {}

    /** {@code millrace.conf} as shipped. */
    static Config defaults() {
        return ConfigFactory.parseResources(
                Layers.class.getClassLoader(),
                "millrace.conf",
                ConfigParseOptions.defaults().setAllowMissing(false).setOriginDescription("default"));
    }

    static Config file(Path file) {
        if (!Files.exists(file) || Files.isDirectory(file) || !Files.isReadable(file)) {
            String reason = !Files.exists(file) ? "there is no such file" : "it is not a readable file";
            throw new ConfigException("", "--config " + file + ": " + reason);
        }
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setAllowMissing(false)
                .setSyntax(ConfigSyntax.CONF)
                .setOriginDescription(file.toString());
        try {
            return ConfigFactory.parseFile(file.toFile(), options);
        } catch (com.typesafe.config.ConfigException e) {
            throw new ConfigException("", oneLine(e));
        }
    }

    static Config variables(Map<String, String> environment, KnownKeys known, List<String> problems) {
        Config layer = ConfigFactory.empty();
        for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
            String name = entry.getKey();
            String key = known.keyOf(name);
            if (key != null) {
                layer = layer.withValue(key, value(entry.getValue(), name));
            } else if (name.startsWith(KnownKeys.PREFIX) && !LAUNCHER_VARIABLES.contains(name)) {
                problems.add("unknown variable " + name + "; did you mean " + known.nearestVariable(name) + "?");
            }
        }
        return layer;
    }

    static Config options(List<String> assignments) {
        Config layer = ConfigFactory.empty();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals <= 0) {
                throw new ConfigException("", "--set " + assignment + ": write key=value");
            }
            String key = assignment.substring(0, equals).trim();
            try {
                String path = ConfigUtil.joinPath(ConfigUtil.splitPath(key));
                layer = layer.withValue(
                        path, value(assignment.substring(equals + 1).trim(), "--set"));
            } catch (com.typesafe.config.ConfigException.BadPath e) {
                throw new ConfigException(key, "--set " + assignment + ": '" + key + "' is not a key");
            }
        }
        return layer;
    }

    /** Plain text is taken as it is, so that addresses need no quotes; a list or an object is read as HOCON. */
    private static ConfigValue value(String text, String origin) {
        if (!text.startsWith("[") && !text.startsWith("{")) {
            return ConfigValueFactory.fromAnyRef(text, origin);
        }
        try {
            ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(origin);
            return ConfigFactory.parseString("value = " + text, options)
                    .getValue("value")
                    .withOrigin(ConfigValueFactory.fromAnyRef("", origin).origin());
        } catch (com.typesafe.config.ConfigException e) {
            throw new ConfigException("", oneLine(e));
        }
    }

    static String oneLine(com.typesafe.config.ConfigException e) {
        return e.getMessage().replaceAll("\\s*\\R\\s*", " ");
    }
}
