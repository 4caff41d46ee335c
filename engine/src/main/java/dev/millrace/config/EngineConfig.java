package dev.millrace.config;

import java.util.List;

/** Everything the engine is built from. */
public record EngineConfig(
        DataConfig data,
        HyperliquidConfig hyperliquid,
        FeedConfig feed,
        PipelineConfig pipeline,
        JournalConfig journal,
        SnapshotConfig snapshot,
        HandoverConfig handover,
        ResultConfig results,
        List<StrategyConfig> strategies,
        OpsConfig ops) {}
