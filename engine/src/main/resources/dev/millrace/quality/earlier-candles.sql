-- What the exchange had said of minutes before it said something else.
SELECT {columns}, epoch_ms(bucket_end(timeframe, timestamp))
FROM bar_revisions
WHERE symbol = {symbol} AND basis = 'trade' AND source = 'exchange' AND timeframe = '1m'
    AND timestamp >= make_timestamptz({from} * 1000) AND timestamp < make_timestamptz({to} * 1000)
ORDER BY timestamp, journal_seq
