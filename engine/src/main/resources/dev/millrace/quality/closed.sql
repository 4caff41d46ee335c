-- Up to when bars of a day have closed: our own, or else anybody's. A file of the lake may hold the first hours of its day alone.
SELECT epoch_ms(coalesce(
    max(bucket_end(timeframe, timestamp)) FILTER (source = 'own'),
    max(bucket_end(timeframe, timestamp))
))
FROM all_bars
WHERE timestamp >= make_timestamptz({from} * 1000) AND timestamp < make_timestamptz({to} * 1000)
