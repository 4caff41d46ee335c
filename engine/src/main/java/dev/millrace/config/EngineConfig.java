package dev.millrace.config;

import java.util.List;
import java.util.Set;

/** Everything the engine is built from. */
public record EngineConfig(
        Set<Role> roles,
        DataConfig data,
        HyperliquidConfig hyperliquid,
        FeedConfig feed,
        RestConfig rest,
        CollectConfig collect,
        QualityConfig quality,
        PipelineConfig pipeline,
        JournalConfig journal,
        SnapshotConfig snapshot,
        HandoverConfig handover,
        StoreConfig store,
        LakeConfig lake,
        SentimentConfig sentiment,
        InstrumentsConfig instruments,
        UniverseConfig universe,
        ResultConfig results,
        List<StrategyConfig> strategies,
        OpsConfig ops) {}
