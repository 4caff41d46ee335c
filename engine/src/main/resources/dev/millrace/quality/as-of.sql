-- Up to when bars have closed, venue's time: by those in the tables, else by the days in the lake; where there are none, by
-- the last record's time of receipt.
SELECT coalesce(
    greatest(
        (SELECT epoch_ms(max(bucket_end(timeframe, timestamp))) FROM ohlcv_bars WHERE source = 'own'),
        (SELECT epoch_ms(max(date)) + 86400000 FROM partitions WHERE dataset = 'ohlcv' AND side = 'lake' AND seq_to > 0)
    ),
    (SELECT received_ns // 1000000 FROM position)
)
