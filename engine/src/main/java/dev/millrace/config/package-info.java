/**
 * The settings as immutable records, one per package, validated in their constructors with the key named in the message.
 * Only {@code ConfigLoader} reads files and the environment. Start reading at
 * {@link dev.millrace.config.EngineConfig}.
 */
package dev.millrace.config;
