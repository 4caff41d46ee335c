package dev.millrace.config;

import java.util.List;

/**
 * What {@link ConfigLoader} read.
 *
 * @param engine checked and complete
 * @param effective every key in the order of its name, with its value and where that came from
 */
public record LoadedConfig(EngineConfig engine, List<Setting> effective) {

    /**
     * One effective setting.
     *
     * @param key the full key
     * @param value as HOCON
     * @param origin {@code file:line}, the variable, {@code --set}, or {@code default}
     */
    public record Setting(String key, String value, String origin) {}
}
