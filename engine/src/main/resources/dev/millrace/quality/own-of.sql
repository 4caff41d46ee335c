-- Of which symbols and timeframes up to a day there are bars of our own on a day.
SELECT DISTINCT symbol, timeframe
FROM all_bars
WHERE source = 'own' AND basis = 'trade' AND epoch_ms(bucket_end(timeframe, timestamp)) - epoch_ms(timestamp) <= 86400000
    AND timestamp >= make_timestamptz({from} * 1000) AND timestamp < make_timestamptz({to} * 1000)
ORDER BY ALL
