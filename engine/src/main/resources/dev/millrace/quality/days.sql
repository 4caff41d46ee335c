-- Days of which there may be bars of our own.
SELECT DISTINCT epoch_ms(day)
FROM (
    SELECT CAST(timestamp AT TIME ZONE 'UTC' AS DATE) AS day
    FROM ohlcv_bars
    WHERE source = 'own' AND basis = 'trade'
    UNION ALL
    SELECT date
    FROM partitions
    WHERE dataset = 'ohlcv' AND side = 'lake'
)
WHERE epoch_ms(day) < {to}
ORDER BY 1
