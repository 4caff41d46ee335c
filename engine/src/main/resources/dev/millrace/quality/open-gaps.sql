-- Where something may be lacking that did not come over our own stream, candles fill it or not.
SELECT epoch_ms(from_time), epoch_ms(to_time), 0
FROM gaps
WHERE symbol = {symbol} AND stream = 'trades' AND evidence <> 'disproven'
    AND to_time > make_timestamptz({from} * 1000) AND from_time < make_timestamptz({to} * 1000)
ORDER BY from_time, to_time
