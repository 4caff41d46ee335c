package dev.millrace.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Short ways to load a configuration in tests. */
final class ConfigFiles {

    private ConfigFiles() {}

    static LoadedConfig defaults() {
        return set();
    }

    static LoadedConfig set(String... assignments) {
        return loader(Map.of()).load(List.of(), Arrays.asList(assignments));
    }

    static LoadedConfig file(Path file) {
        return loader(Map.of()).load(List.of(file), List.of());
    }

    /** On a machine of eight cores. */
    static ConfigLoader loader(Map<String, String> environment) {
        return new ConfigLoader(environment, 8);
    }
}
