-- The first record of the journal that brought a trade of any coin on the day; null where no trades are kept.
SELECT min(journal_seq)
FROM ticks
WHERE timestamp >= make_timestamptz({from} * 1000) AND timestamp < make_timestamptz({to} * 1000)
