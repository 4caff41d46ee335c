-- From stage_bars, which may hold several revisions of one bar, into ohlcv_bars, which holds the last.

-- A candle that says what the exchange had said before is no revision: the first such row stays.
DELETE FROM stage_bars
WHERE source <> 'own' AND (symbol, timeframe, basis, source, timestamp, journal_seq) IN (
    SELECT (symbol, timeframe, basis, source, timestamp, journal_seq)
    FROM (
        SELECT
            *,
            row(open, high, low, close, volume, trade_count, complete, repaired) AS told,
            lag(told) OVER (PARTITION BY symbol, timeframe, basis, source, timestamp ORDER BY journal_seq) AS before
        FROM (
            SELECT * FROM stage_bars WHERE source <> 'own'
            UNION ALL BY NAME
            SELECT held.* FROM ohlcv_bars AS held
            SEMI JOIN (FROM stage_bars WHERE source <> 'own') AS staged
                USING (symbol, timeframe, basis, source, timestamp)
        )
    )
    WHERE told = before
);

INSERT INTO bar_revisions BY NAME
SELECT held.*
FROM ohlcv_bars AS held
SEMI JOIN stage_bars USING (symbol, timeframe, basis, source, timestamp);

INSERT INTO bar_revisions BY NAME
SELECT *
FROM stage_bars
QUALIFY row_number() OVER (PARTITION BY symbol, timeframe, basis, source, timestamp ORDER BY revision DESC, journal_seq DESC) > 1;

INSERT OR REPLACE INTO ohlcv_bars BY NAME
SELECT *
FROM stage_bars
QUALIFY row_number() OVER (PARTITION BY symbol, timeframe, basis, source, timestamp ORDER BY revision DESC, journal_seq DESC) = 1
ORDER BY symbol, timeframe, basis, source, timestamp;

DELETE FROM stage_bars;
