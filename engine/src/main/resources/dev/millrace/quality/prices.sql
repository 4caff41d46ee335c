-- The prices of the last trades of the day before, {before} of them, and of all of the day, in order of time; then whether a
-- trade is of the day.
SELECT price, timestamp >= make_timestamptz({from} * 1000)
FROM (
    SELECT price, timestamp, journal_seq, trade_id
    FROM ticks
    WHERE symbol = {symbol}
        AND timestamp >= make_timestamptz({from} * 1000) AND timestamp < make_timestamptz({to} * 1000)
    UNION ALL
    (
        SELECT price, timestamp, journal_seq, trade_id
        FROM ticks
        WHERE symbol = {symbol}
            AND timestamp >= make_timestamptz(({from} - 86400000) * 1000) AND timestamp < make_timestamptz({from} * 1000)
        ORDER BY timestamp DESC, journal_seq DESC, trade_id DESC
        LIMIT {before}
    )
)
ORDER BY timestamp, journal_seq, trade_id
