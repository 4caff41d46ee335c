package dev.millrace.config;

import java.nio.file.Path;

/**
 * {@code data.*}: where things are kept. Each folder can be set apart; the default is inside {@code data.dir}.
 *
 * @param dir remembers the environment and holds the lock
 */
public record DataConfig(
        Path dir, Path journal, Path state, Path bars, Path lake, Path database, Path spill, Path log) {}
