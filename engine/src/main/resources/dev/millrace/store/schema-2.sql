-- Version 2: history from the venue's REST interface. The columns are described in doc/formats/database.md.

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

-- The Fear & Greed index: a row per reading of a day's value, and from when on it was known.
CREATE TABLE fear_greed (
    timestamp TIMESTAMPTZ NOT NULL,
    value BIGINT NOT NULL,
    classification VARCHAR NOT NULL,
    usable_from TIMESTAMPTZ NOT NULL,
    received_ns BIGINT NOT NULL,
    journal_seq BIGINT NOT NULL
);
