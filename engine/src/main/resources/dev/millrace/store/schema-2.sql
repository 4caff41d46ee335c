-- Version 2. The columns are described in doc/formats/database.md.

-- Whole books, a row per level of a frame; filled where store.full-books is true.
CREATE TABLE books (
    symbol VARCHAR NOT NULL,
    timestamp TIMESTAMPTZ NOT NULL,
    view VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    level BIGINT NOT NULL,
    price DOUBLE NOT NULL,
    size DOUBLE NOT NULL,
    orders BIGINT,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);

-- History from the venue's REST interface.
CREATE TABLE funding (
    symbol VARCHAR NOT NULL,
    timestamp TIMESTAMPTZ NOT NULL,
    rate DOUBLE NOT NULL,
    premium DOUBLE,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);

-- Stretches of history that a reply brought, so that nothing is asked for twice; kind is an interval, or funding.
CREATE TABLE collected (
    symbol VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    from_time TIMESTAMPTZ NOT NULL,
    to_time TIMESTAMPTZ NOT NULL,
    rows BIGINT NOT NULL,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);

-- Fear & Greed: what was told of a day, and each correction of it, from the time that a decision could have used it.
CREATE TABLE fear_greed (
    timestamp TIMESTAMPTZ NOT NULL,
    value BIGINT NOT NULL,
    classification VARCHAR NOT NULL,
    usable_from TIMESTAMPTZ NOT NULL,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);

-- Null in rows of before.
ALTER TABLE instruments ADD COLUMN venue_index BIGINT;
ALTER TABLE instruments ADD COLUMN max_leverage BIGINT;
ALTER TABLE instruments ADD COLUMN isolated_only BOOLEAN;
ALTER TABLE instruments ADD COLUMN renamed_from VARCHAR;

-- Each coin of each decision about the universe, with what it was decided by.
CREATE TABLE universe (
    decided_at TIMESTAMPTZ NOT NULL,
    symbol VARCHAR NOT NULL,
    member BOOLEAN NOT NULL,
    rank BIGINT,
    composite DOUBLE NOT NULL,
    liquidity DOUBLE NOT NULL,
    volatility DOUBLE NOT NULL,
    volume_usd DOUBLE NOT NULL,
    open_interest_usd DOUBLE,
    spread_bp DOUBLE,
    depth_usd DOUBLE,
    depth_at_least BOOLEAN NOT NULL,
    deviation DOUBLE,
    max_leverage BIGINT NOT NULL,
    candles BIGINT NOT NULL,
    samples BIGINT NOT NULL,
    entering BIGINT NOT NULL,
    leaving BIGINT NOT NULL,
    failing BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);
