-- All bars of trades of one symbol and day, in the order of the lake.
SELECT {columns}, epoch_ms(bucket_end(timeframe, timestamp))
FROM all_bars
WHERE symbol = {symbol} AND basis = 'trade'
    AND timestamp >= make_timestamptz({from} * 1000) AND timestamp < make_timestamptz({to} * 1000)
ORDER BY timeframe, basis, source, timestamp
