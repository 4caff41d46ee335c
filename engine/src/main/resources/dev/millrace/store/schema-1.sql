-- The tables of millrace.duckdb, version 1. Prices, sizes and sums are DOUBLE, times TIMESTAMPTZ, times of receipt ns.
-- The columns are described in doc/formats/database.md.

CREATE TABLE schema_version (
    version INTEGER NOT NULL PRIMARY KEY,
    engine VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);

-- One row: everything up to this record of the journal is in the tables, and nothing behind it.
CREATE TABLE position (
    committed_sequence BIGINT NOT NULL,
    received_ns BIGINT NOT NULL
);

INSERT INTO position (committed_sequence, received_ns) VALUES (0, 0);

CREATE TABLE tick_data (
    symbol VARCHAR NOT NULL,
    timestamp TIMESTAMPTZ NOT NULL,
    trade_id BIGINT NOT NULL,
    side VARCHAR NOT NULL,
    price DOUBLE NOT NULL,
    volume DOUBLE NOT NULL,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);

CREATE TABLE book_tops (
    symbol VARCHAR NOT NULL,
    timestamp TIMESTAMPTZ NOT NULL,
    view VARCHAR NOT NULL,
    bid_price DOUBLE,
    bid_size DOUBLE,
    ask_price DOUBLE,
    ask_size DOUBLE,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);

CREATE TABLE mids (
    symbol VARCHAR NOT NULL,
    timestamp TIMESTAMPTZ NOT NULL,
    mid DOUBLE NOT NULL,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);

CREATE TABLE asset_context (
    symbol VARCHAR NOT NULL,
    timestamp TIMESTAMPTZ NOT NULL,
    funding DOUBLE,
    open_interest DOUBLE,
    prev_day_price DOUBLE,
    day_notional_volume DOUBLE,
    premium DOUBLE,
    oracle_price DOUBLE,
    mark_price DOUBLE,
    mid_price DOUBLE,
    impact_bid DOUBLE,
    impact_ask DOUBLE,
    day_base_volume DOUBLE,
    circulating_supply DOUBLE,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);

CREATE TABLE ohlcv_bars (
    symbol VARCHAR NOT NULL,
    timeframe VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    timestamp TIMESTAMPTZ NOT NULL,
    open DOUBLE,
    high DOUBLE,
    low DOUBLE,
    close DOUBLE,
    volume DOUBLE,
    quote_volume DOUBLE,
    vwap DOUBLE,
    buy_volume DOUBLE,
    trade_count BIGINT,
    samples BIGINT,
    first_time TIMESTAMPTZ,
    last_time TIMESTAMPTZ,
    complete BOOLEAN NOT NULL,
    repaired BOOLEAN NOT NULL,
    revision BIGINT NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    journal_seq BIGINT,
    PRIMARY KEY (symbol, timeframe, basis, source, timestamp)
);

-- Revisions that a later one has replaced.
CREATE TABLE bar_revisions AS FROM ohlcv_bars LIMIT 0;

-- Every revision of every 1s bar, in order of emission.
CREATE TABLE ohlcv_1s AS FROM ohlcv_bars LIMIT 0;

-- Every report of a gap; a later report of the same stretch replaces the earlier in the view gaps.
CREATE TABLE feed_gaps (
    symbol VARCHAR NOT NULL,
    from_time TIMESTAMPTZ NOT NULL,
    to_time TIMESTAMPTZ NOT NULL,
    stream VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    repaired BOOLEAN NOT NULL,
    journal_seq BIGINT NOT NULL
);

-- What the venue said of an instrument, from the time it said so.
CREATE TABLE instruments (
    symbol VARCHAR NOT NULL,
    known_at TIMESTAMPTZ NOT NULL,
    size_decimals BIGINT NOT NULL,
    spot BOOLEAN NOT NULL,
    delisted BOOLEAN NOT NULL,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);

-- From which side a (dataset, symbol, day) is read: hot, these tables, or lake. Without a row it is hot.
CREATE TABLE partitions (
    dataset VARCHAR NOT NULL,
    symbol VARCHAR NOT NULL,
    date DATE NOT NULL,
    side VARCHAR NOT NULL,
    seq_from BIGINT NOT NULL,
    seq_to BIGINT NOT NULL,
    rows BIGINT NOT NULL,
    digest VARCHAR NOT NULL,
    PRIMARY KEY (dataset, symbol, date)
);
