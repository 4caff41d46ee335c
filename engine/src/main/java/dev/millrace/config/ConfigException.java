package dev.millrace.config;

/** A setting that cannot be used. The message is one line: the key, the value, what would be valid, where it stands. */
public final class ConfigException extends RuntimeException {

    private final String key;

    /**
     * @param key the full key; empty when no single setting is at fault
     * @param message one complete line
     */
    public ConfigException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** {@code key = value: valid}. */
    public static ConfigException badValue(String key, Object value, String valid) {
        return new ConfigException(key, key + " = " + value + ": " + valid);
    }

    /** The full key at fault; empty when there is none. */
    public String key() {
        return key;
    }
}
