SELECT size_decimals, delisted, epoch_ms(known_at)
FROM instruments
WHERE symbol = {symbol}
ORDER BY known_at, journal_seq
