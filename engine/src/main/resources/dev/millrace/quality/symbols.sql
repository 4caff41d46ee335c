-- Whose bars there are in a range, and since when.
SELECT symbol, epoch_ms(min(date)::TIMESTAMP)
FROM (
    SELECT symbol, CAST(timestamp AT TIME ZONE 'UTC' AS DATE) AS date
    FROM ohlcv_bars
    UNION
    SELECT symbol, date
    FROM partitions
    WHERE dataset = 'ohlcv'
)
WHERE date < make_timestamp({to} * 1000)
GROUP BY symbol
HAVING max(date) >= make_timestamp({from} * 1000)
ORDER BY symbol
