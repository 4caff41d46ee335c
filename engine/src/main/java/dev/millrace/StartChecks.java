package dev.millrace;

import dev.millrace.config.ConfigException;
import dev.millrace.config.EngineConfig;
import dev.millrace.config.PipelineConfig;
import dev.millrace.config.Role;
import dev.millrace.journal.JournalRoom;
import dev.millrace.strategy.Strategy;
import dev.millrace.strategy.StrategyLoader;
import dev.millrace.thread.CorePin;
import java.util.List;

/** What can refuse a start before anything is written. */
final class StartChecks {

    private StartChecks() {}

    /** A process without that role has no feed, nothing to record and nothing to hand over. */
    static void capture(EngineConfig config) {
        if (!config.roles().contains(Role.CAPTURE)) {
            throw ConfigException.badValue(
                    "roles", config.roles(), "must name capture, the role that records and is handed over");
        }
    }

    /** The threads bind themselves later. */
    static void cores(EngineConfig config) {
        if (isPinned(config)) {
            try {
                CorePin.check(config.pipeline().cores());
            } catch (IllegalStateException e) {
                throw new ConfigException("pipeline.cores", e.getMessage());
            }
        }
    }

    static boolean isPinned(EngineConfig config) {
        return config.pipeline().profile() == PipelineConfig.Profile.PINNED;
    }

    static List<Strategy> strategies(EngineConfig config) {
        try {
            return StrategyLoader.load(config.strategies());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("strategies", e.getMessage());
        }
    }

    static void room(EngineConfig config) {
        JournalRoom.require(config.data().journal(), config.journal());
    }
}
