-- Version 2: whole books, more of instruments.

-- A row per level of a frame; filled where store.full-books is true.

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

-- Null in rows of before.
ALTER TABLE instruments ADD COLUMN venue_index BIGINT;
ALTER TABLE instruments ADD COLUMN max_leverage BIGINT;
ALTER TABLE instruments ADD COLUMN isolated_only BOOLEAN;
ALTER TABLE instruments ADD COLUMN renamed_from VARCHAR;
