-- When the exchange was asked of minutes.
SELECT epoch_ms(from_time), epoch_ms(to_time), received_ns
FROM collected
WHERE symbol = {symbol} AND kind = '1m'
    AND to_time > make_timestamptz({from} * 1000) AND from_time < make_timestamptz({to} * 1000)
ORDER BY received_ns, from_time
