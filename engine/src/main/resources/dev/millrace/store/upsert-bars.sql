-- From stage_bars, which may hold several revisions of one bar, into ohlcv_bars, which holds the last.
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
