-- Of which days and timeframes up to a day there are bars of our own.
SELECT DISTINCT symbol, epoch_ms(time_bucket(INTERVAL 1 DAY, timestamp, TIMESTAMPTZ '1970-01-01 00:00:00+00')), timeframe
FROM all_bars
WHERE source = 'own' AND basis = 'trade' AND epoch_ms(bucket_end(timeframe, timestamp)) - epoch_ms(timestamp) <= 86400000
    AND timestamp >= make_timestamptz({from} * 1000) AND timestamp < make_timestamptz({to} * 1000)
ORDER BY ALL
