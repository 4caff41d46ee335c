-- The last column is when the first lists were read: what they held was listed before, nobody knows since when.
SELECT size_decimals, delisted, epoch_ms(known_at), (SELECT epoch_ms(min(known_at)) FROM instruments)
FROM instruments
WHERE symbol = {symbol}
ORDER BY known_at, journal_seq
