-- The first record of the journal that brought a trade of the day, null where no trades are kept; and how many are.
SELECT min(journal_seq), count(*)
FROM ticks
WHERE symbol = {symbol}
    AND timestamp >= make_timestamptz({from} * 1000) AND timestamp < make_timestamptz({to} * 1000)
