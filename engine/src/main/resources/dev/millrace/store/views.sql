-- What queries read: each row once, from the side of its day. The views lake_… are made by Views.

CREATE OR REPLACE VIEW ticks AS
SELECT * FROM tick_data
UNION ALL BY NAME
SELECT * FROM lake_tick_data;

CREATE OR REPLACE VIEW tops AS
SELECT * FROM book_tops
UNION ALL BY NAME
SELECT * FROM lake_book_tops;

CREATE OR REPLACE VIEW contexts AS
SELECT * FROM asset_context
UNION ALL BY NAME
SELECT * FROM lake_asset_context;

CREATE OR REPLACE VIEW levels AS
SELECT * FROM books
UNION ALL BY NAME
SELECT * FROM lake_books;

-- A payment once, however often it was asked for.
CREATE OR REPLACE VIEW fundings AS
SELECT *
FROM (
    SELECT * FROM funding
    UNION ALL BY NAME
    SELECT * FROM lake_funding
)
QUALIFY row_number() OVER (PARTITION BY symbol, timestamp ORDER BY journal_seq DESC) = 1;

-- The last report of each stretch.
CREATE OR REPLACE VIEW gaps AS
SELECT *
FROM (
    SELECT * FROM feed_gaps
    UNION ALL BY NAME
    SELECT * FROM lake_feed_gaps
)
QUALIFY row_number() OVER (PARTITION BY symbol, from_time, to_time, stream, cause ORDER BY journal_seq DESC) = 1;

-- The last revision of each bar, of each source.
CREATE OR REPLACE VIEW all_bars AS
SELECT *
FROM (
    SELECT * FROM ohlcv_bars
    UNION ALL BY NAME
    SELECT * FROM lake_ohlcv
)
QUALIFY row_number() OVER (
    PARTITION BY symbol, timeframe, basis, source, timestamp ORDER BY revision DESC, journal_seq DESC
) = 1;

-- One row per bar: own when complete, then archive, then exchange, then own as it is.
CREATE OR REPLACE VIEW bars AS
SELECT *
FROM all_bars
QUALIFY row_number() OVER (
    PARTITION BY symbol, timeframe, basis, timestamp
    ORDER BY CASE
        WHEN source = 'own' AND complete THEN 0
        WHEN source = 'archive' THEN 1
        WHEN source = 'exchange' THEN 2
        ELSE 3
    END
) = 1;

CREATE OR REPLACE VIEW bars_1s AS
SELECT *
FROM ohlcv_1s
QUALIFY row_number() OVER (PARTITION BY symbol, basis, timestamp ORDER BY revision DESC, journal_seq DESC) = 1;

-- What was known at a time: the last revision until then, on whichever side it is.
CREATE OR REPLACE MACRO bars_as_of(t) AS TABLE
SELECT *
FROM (
    SELECT * FROM ohlcv_bars
    UNION ALL BY NAME
    SELECT * FROM lake_ohlcv
    UNION ALL BY NAME
    SELECT * FROM bar_revisions
)
WHERE known_at <= t
QUALIFY row_number() OVER (
    PARTITION BY symbol, timeframe, basis, source, timestamp ORDER BY revision DESC, journal_seq DESC
) = 1;

-- The last that was told of each day.
CREATE OR REPLACE VIEW sentiment AS
SELECT *
FROM fear_greed
QUALIFY row_number() OVER (PARTITION BY timestamp ORDER BY journal_seq DESC) = 1;

-- The last of each day that a decision at a time could have used.
CREATE OR REPLACE MACRO sentiment_as_of(t) AS TABLE
SELECT *
FROM fear_greed
WHERE usable_from <= t
QUALIFY row_number() OVER (PARTITION BY timestamp ORDER BY journal_seq DESC) = 1;

-- When a bucket ends; a month is as long as it is.
CREATE OR REPLACE MACRO bucket_end(of_timeframe, bucket_start) AS CASE of_timeframe
    WHEN '1M' THEN (bucket_start AT TIME ZONE 'UTC' + INTERVAL 1 MONTH) AT TIME ZONE 'UTC'
    WHEN '1w' THEN bucket_start + to_days(7)
    ELSE bucket_start + to_seconds(CAST(of_timeframe[1:-2] AS BIGINT)
        * CASE of_timeframe[-1] WHEN 's' THEN 1 WHEN 'm' THEN 60 WHEN 'h' THEN 3600 ELSE 86400 END)
END;

-- Each bar with what was known of its coin and of the market when it ended: the last funding paid, the open interest, the
-- sentiment. Null where nothing was known yet.
CREATE OR REPLACE VIEW bars_with_context AS
WITH ended AS (
    SELECT *, bucket_end(timeframe, timestamp) AS end_time
    FROM bars
)
SELECT
    ended.*,
    paid.rate AS funding_rate,
    paid.timestamp AS funding_time,
    context.open_interest,
    context.timestamp AS open_interest_time,
    mood.value AS sentiment,
    mood.classification AS sentiment_class,
    mood.timestamp AS sentiment_time
FROM ended
ASOF LEFT JOIN fundings AS paid ON ended.symbol = paid.symbol AND ended.end_time >= paid.timestamp
ASOF LEFT JOIN contexts AS context ON ended.symbol = context.symbol AND ended.end_time >= context.timestamp
ASOF LEFT JOIN fear_greed AS mood ON ended.end_time >= mood.usable_from;

-- What was known of each instrument at a time; one that was first seen later is not there.
CREATE OR REPLACE MACRO instruments_as_of(t) AS TABLE
SELECT *
FROM instruments
WHERE known_at <= t
QUALIFY row_number() OVER (PARTITION BY symbol ORDER BY journal_seq DESC) = 1;

-- The decision about the universe that was in force at a time.
CREATE OR REPLACE MACRO universe_as_of(t) AS TABLE
SELECT *
FROM universe
WHERE to_timestamp(received_ns / 1e9) <= t
QUALIFY journal_seq = max(journal_seq) OVER ();
