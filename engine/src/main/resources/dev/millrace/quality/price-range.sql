-- Between which prices the trades of a day and of the day before it lie.
SELECT min(price), max(price)
FROM ticks
WHERE symbol = {symbol}
    AND timestamp >= make_timestamptz(({from} - 86400000) * 1000) AND timestamp < make_timestamptz({to} * 1000)
