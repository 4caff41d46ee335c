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

-- What was known at a time: the last revision until then.
CREATE OR REPLACE MACRO bars_as_of(t) AS TABLE
SELECT *
FROM (
    SELECT * FROM all_bars
    UNION ALL BY NAME
    SELECT * FROM bar_revisions
)
WHERE known_at <= t
QUALIFY row_number() OVER (
    PARTITION BY symbol, timeframe, basis, source, timestamp ORDER BY revision DESC, journal_seq DESC
) = 1;

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
