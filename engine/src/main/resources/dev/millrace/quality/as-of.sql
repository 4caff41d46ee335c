-- Up to when our bars in the tables have closed, venue's time; the newest day of which the lake holds bars; when the last record
-- was received.
SELECT
    (SELECT epoch_ms(max(bucket_end(timeframe, timestamp))) FROM ohlcv_bars WHERE source = 'own'),
    (SELECT epoch_ms(max(date)) FROM partitions WHERE dataset = 'ohlcv' AND side = 'lake' AND seq_to > 0),
    (SELECT received_ns // 1000000 FROM position)
