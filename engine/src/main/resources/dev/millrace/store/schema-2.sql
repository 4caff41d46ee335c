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
