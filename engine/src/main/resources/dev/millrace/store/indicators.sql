-- Indicators over closed trade bars, each a table macro: SELECT * FROM rsi('BTC', '1m', n := 14). Definitions:
-- SMA, EMA, Bollinger (population deviation), MACD as usual; RSI and ATR after Wilder, New Concepts in Technical Trading
-- Systems, 1978. Times are [begin_time, end_time), null for all there is. A value is null until its window is full.
--
-- A bucket without a trade counts as flat, with the close before it and no volume, where it is proven empty: its own bar says
-- so, or it has none and a complete bar of a longer timeframe covers it. A bucket that is incomplete or missing breaks
-- the window, which fills anew behind it.
--
-- Sums over many rows go by DuckDB's windows, so a value is right to about 12 digits.

-- Of a month, a twelfth of a year of 365 days.
CREATE OR REPLACE MACRO timeframe_seconds(timeframe) AS
    CAST(regexp_extract(timeframe, '^[0-9]+') AS BIGINT)
        * CASE right(timeframe, 1)
            WHEN 's' THEN 1 WHEN 'm' THEN 60 WHEN 'h' THEN 3600 WHEN 'd' THEN 86400 WHEN 'w' THEN 604800 WHEN 'M' THEN 2628000
        END;

-- From one bucket to the next.
CREATE OR REPLACE MACRO timeframe_step(timeframe) AS
    CASE timeframe WHEN '1M' THEN INTERVAL 1 MONTH ELSE to_seconds(timeframe_seconds(timeframe)) END;

-- Bars of every timeframe, those of a second too.
CREATE OR REPLACE VIEW every_bar AS
SELECT * FROM bars
UNION ALL BY NAME
SELECT * FROM bars_1s;

-- A row per bucket. `proven` when it is known what happened in it; `run` numbers the stretches between breaks, `place` the
-- rows of a run from 1. Reads from the last trade at least `before` buckets ahead of begin_time. The times that a bucket
-- needs outside of a run are null.
CREATE OR REPLACE MACRO buckets(of_symbol, of_timeframe, begin_time, end_time, before) AS TABLE
WITH step AS (
    SELECT timeframe_step(of_timeframe) AS length
),
wanted AS (
    SELECT CAST(begin_time AS TIMESTAMPTZ) - before * length AS earliest, CAST(end_time AS TIMESTAMPTZ) AS latest
    FROM step
),
reading AS (
    SELECT coalesce(
        (
            SELECT max(timestamp)
            FROM every_bar
            WHERE symbol = of_symbol AND timeframe = of_timeframe AND basis = 'trade' AND trade_count > 0
                AND timestamp <= (SELECT earliest FROM wanted)
        ),
        (SELECT earliest FROM wanted)
    ) AS earliest
),
held AS (
    SELECT *
    FROM every_bar
    WHERE symbol = of_symbol AND timeframe = of_timeframe AND basis = 'trade'
        AND timestamp >= coalesce((SELECT earliest FROM reading), '-infinity')
        AND timestamp < coalesce((SELECT latest FROM wanted), 'infinity')
),
grid AS (
    SELECT unnest(generate_series(min(timestamp), max(timestamp), (SELECT length FROM step))) AS timestamp
    FROM held
),
longer AS (
    SELECT timestamp, bucket_end(timeframe, timestamp) AS until
    FROM bars
    WHERE symbol = of_symbol AND basis = 'trade' AND source = 'own' AND complete
        AND timeframe_seconds(timeframe) > timeframe_seconds(of_timeframe)
        AND timestamp > (SELECT min(timestamp) FROM held) - INTERVAL 366 DAYS
        AND timestamp <= (SELECT max(timestamp) FROM held)
),
empty AS (
    SELECT DISTINCT missing.timestamp
    FROM (SELECT timestamp FROM grid ANTI JOIN held USING (timestamp)) AS missing
    JOIN longer ON longer.timestamp <= missing.timestamp AND missing.timestamp < longer.until
),
told AS (
    SELECT
        grid.timestamp,
        coalesce(held.complete, empty.timestamp IS NOT NULL) AS proven,
        CASE WHEN held.trade_count > 0 THEN held.open END AS open,
        CASE WHEN held.trade_count > 0 THEN held.high END AS high,
        CASE WHEN held.trade_count > 0 THEN held.low END AS low,
        CASE WHEN held.trade_count > 0 THEN held.close END AS close,
        CASE WHEN held.trade_count > 0 THEN held.volume ELSE 0 END AS volume,
        CASE WHEN held.trade_count > 0 THEN held.quote_volume ELSE 0 END AS quote_volume,
        held.vwap
    FROM grid
    LEFT JOIN held USING (timestamp)
    LEFT JOIN empty USING (timestamp)
),
runs AS (
    SELECT *, count(*) FILTER (WHERE NOT proven) OVER (ORDER BY timestamp) AS run
    FROM told
),
flat AS (
    SELECT
        * EXCLUDE (open, high, low, close),
        last_value(close IGNORE NULLS) OVER same AS close,
        open, high, low
    FROM runs
    WHERE proven
    WINDOW same AS (PARTITION BY run ORDER BY timestamp)
),
placed AS (
    SELECT
        timestamp,
        coalesce(open, close) AS open,
        coalesce(high, close) AS high,
        coalesce(low, close) AS low,
        close,
        volume,
        quote_volume,
        vwap,
        run,
        CASE WHEN close IS NOT NULL THEN count(close) OVER (PARTITION BY run ORDER BY timestamp) END AS place
    FROM flat
)
SELECT
    told.timestamp,
    told.proven,
    placed.* EXCLUDE (timestamp),
    coalesce(told.timestamp >= CAST(begin_time AS TIMESTAMPTZ), true) AS asked
FROM told
LEFT JOIN placed USING (timestamp);

CREATE OR REPLACE MACRO sma(of_symbol, of_timeframe, n := 20, begin_time := NULL, end_time := NULL) AS TABLE
SELECT timestamp, close, sma
FROM (
    SELECT
        timestamp, close, asked,
        CASE WHEN place >= n THEN avg(close) OVER (
            PARTITION BY run ORDER BY timestamp ROWS BETWEEN n - 1 PRECEDING AND CURRENT ROW
        ) END AS sma
    FROM buckets(of_symbol, of_timeframe, begin_time, end_time, n)
)
WHERE asked
ORDER BY timestamp;

CREATE OR REPLACE MACRO volume_sma(of_symbol, of_timeframe, n := 20, begin_time := NULL, end_time := NULL) AS TABLE
SELECT timestamp, volume, volume_sma
FROM (
    SELECT
        timestamp, volume, asked,
        CASE WHEN place >= n THEN avg(volume) OVER (
            PARTITION BY run ORDER BY timestamp ROWS BETWEEN n - 1 PRECEDING AND CURRENT ROW
        ) END AS volume_sma
    FROM buckets(of_symbol, of_timeframe, begin_time, end_time, n)
)
WHERE asked
ORDER BY timestamp;

CREATE OR REPLACE MACRO bollinger(of_symbol, of_timeframe, n := 20, k := 2, begin_time := NULL, end_time := NULL) AS TABLE
SELECT timestamp, close, middle, middle - k * deviation AS lower, middle + k * deviation AS upper
FROM (
    SELECT
        timestamp, close, asked,
        CASE WHEN place >= n THEN avg(close) OVER recent END AS middle,
        CASE WHEN place >= n THEN stddev_pop(close) OVER recent END AS deviation
    FROM buckets(of_symbol, of_timeframe, begin_time, end_time, n)
    WINDOW recent AS (PARTITION BY run ORDER BY timestamp ROWS BETWEEN n - 1 PRECEDING AND CURRENT ROW)
)
WHERE asked
ORDER BY timestamp;

CREATE OR REPLACE MACRO roc(of_symbol, of_timeframe, n := 10, begin_time := NULL, end_time := NULL) AS TABLE
SELECT timestamp, close, roc
FROM (
    SELECT
        timestamp, close, asked,
        CASE WHEN place > n THEN close / lag(close, n) OVER (PARTITION BY run ORDER BY timestamp) - 1 END AS roc
    FROM buckets(of_symbol, of_timeframe, begin_time, end_time, n + 1)
)
WHERE asked
ORDER BY timestamp;

-- Annualised: the sample deviation of n logarithmic returns, times the root of the buckets of a year of 365 days.
CREATE OR REPLACE MACRO volatility(of_symbol, of_timeframe, n := 20, begin_time := NULL, end_time := NULL) AS TABLE
SELECT timestamp, close, volatility
FROM (
    SELECT
        timestamp, close, asked,
        CASE WHEN place > n THEN stddev_samp(change) OVER (
            PARTITION BY run ORDER BY timestamp ROWS BETWEEN n - 1 PRECEDING AND CURRENT ROW
        ) * sqrt(31536000 / timeframe_seconds(of_timeframe)) END AS volatility
    FROM (
        SELECT *, CASE WHEN place > 1 THEN ln(close / lag(close) OVER (PARTITION BY run ORDER BY timestamp)) END AS change
        FROM buckets(of_symbol, of_timeframe, begin_time, end_time, n + 1)
    )
)
WHERE asked
ORDER BY timestamp;

-- From the greatest close since begin_time, or since the last break.
CREATE OR REPLACE MACRO drawdown(of_symbol, of_timeframe, begin_time := NULL, end_time := NULL) AS TABLE
SELECT timestamp, close, close / max(close) OVER (PARTITION BY run ORDER BY timestamp) - 1 AS drawdown
FROM buckets(of_symbol, of_timeframe, begin_time, end_time, 0)
WHERE asked
ORDER BY timestamp;

-- From 00:00 UTC of each day; a break leaves the rest of its day without a value, and so does a candle of the venue, which
-- has no quote volume.
CREATE OR REPLACE MACRO vwap(of_symbol, of_timeframe, k := 1, begin_time := NULL, end_time := NULL) AS TABLE
WITH days AS (
    SELECT *, time_bucket(INTERVAL 1 DAY, timestamp, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS day
    FROM buckets(
        of_symbol, of_timeframe,
        time_bucket(INTERVAL 1 DAY, CAST(begin_time AS TIMESTAMPTZ), TIMESTAMPTZ '1970-01-01 00:00:00+00'),
        end_time, 0
    )
),
centred AS ( -- around the day's first price: the squares of prices would leave no digits for their differences
    SELECT
        *,
        vwap - first_value(vwap IGNORE NULLS) OVER so_far AS off,
        bool_and(proven AND (volume = 0 OR quote_volume IS NOT NULL)) OVER so_far AND first_value(timestamp) OVER so_far = day AS whole
    FROM days
    WINDOW so_far AS (PARTITION BY day ORDER BY timestamp)
),
summed AS (
    SELECT
        timestamp, close, whole,
        sum(volume) OVER so_far AS total,
        sum(quote_volume) OVER so_far AS quote,
        sum(volume * off) OVER so_far AS first_moment,
        sum(volume * off * off) OVER so_far AS second_moment
    FROM centred
    WINDOW so_far AS (PARTITION BY day ORDER BY timestamp)
),
valued AS (
    SELECT
        timestamp, close,
        CASE WHEN whole AND total > 0 THEN quote / total END AS vwap,
        CASE WHEN whole AND total > 0 THEN
            sqrt(greatest(0, second_moment / total - (first_moment / total) * (first_moment / total)))
        END AS deviation
    FROM summed
)
SELECT timestamp, close, vwap, vwap - k * deviation AS lower, vwap + k * deviation AS upper
FROM valued
WHERE coalesce(timestamp >= CAST(begin_time AS TIMESTAMPTZ), true)
ORDER BY timestamp;

-- The recursion y = keep · y' + (1 − keep) · x without recursion: within blocks it is a sum of weights that stay finite, and
-- over a block's length the value before the previous block has no digit left in it. `nth` counts from 0, the row whose x is
-- the seed; before it x is null. Two steps, since windows do not nest: block_part, then smoothed of that.
CREATE OR REPLACE MACRO block_length(keep) AS CAST(greatest(1, floor(230 / -ln(keep))) AS BIGINT);

CREATE OR REPLACE MACRO block_part(x, nth, keep, run, row_time) AS
    pow(keep, nth % block_length(keep) + 1.0)
        * sum(CASE WHEN nth = 0 THEN x / keep WHEN nth > 0 THEN (1 - keep) * x * pow(keep, -(nth % block_length(keep)) - 1.0) END)
            OVER (PARTITION BY run, nth // block_length(keep) ORDER BY row_time);

CREATE OR REPLACE MACRO smoothed(part, nth, keep, run, row_time) AS
    CASE WHEN nth >= 0 THEN part + pow(keep, nth % block_length(keep) + 1.0)
        * coalesce(lag(part, nth % block_length(keep) + 1) OVER (PARTITION BY run ORDER BY row_time), 0) END;

-- The seed is the mean of the rows up to its own, which `n` says.
CREATE OR REPLACE MACRO seeded(x, nth, n, run, row_time) AS
    CASE WHEN nth = 0 THEN avg(x) OVER (
        PARTITION BY run ORDER BY row_time ROWS BETWEEN n - 1 PRECEDING AND CURRENT ROW
    ) WHEN nth > 0 THEN x END;

-- What the next input weighs; for n = 1, where nothing is kept, a weight without effect.
CREATE OR REPLACE MACRO ema_keep(n) AS greatest((n - 1.0) / (n + 1.0), 1e-15);

CREATE OR REPLACE MACRO wilder_keep(n) AS greatest((n - 1.0) / n, 1e-15);

CREATE OR REPLACE MACRO ema(of_symbol, of_timeframe, n := 20, begin_time := NULL, end_time := NULL) AS TABLE
WITH inputs AS (
    SELECT *, place - n AS nth, seeded(close, place - n, n, run, timestamp) AS x
    FROM buckets(of_symbol, of_timeframe, begin_time, end_time, 10 * n)
),
parts AS (
    SELECT *, block_part(x, nth, ema_keep(n), run, timestamp) AS part
    FROM inputs
),
results AS (
    SELECT timestamp, close, asked, smoothed(part, nth, ema_keep(n), run, timestamp) AS ema
    FROM parts
)
SELECT timestamp, close, ema
FROM results
WHERE asked
ORDER BY timestamp;

-- Without any change in the window, where the formula divides nothing by nothing, 50.
CREATE OR REPLACE MACRO rsi(of_symbol, of_timeframe, n := 14, begin_time := NULL, end_time := NULL) AS TABLE
WITH changes AS (
    SELECT
        *, place - n - 1 AS nth,
        close - lag(close) OVER (PARTITION BY run ORDER BY timestamp) AS change
    FROM buckets(of_symbol, of_timeframe, begin_time, end_time, 20 * n)
),
inputs AS (
    SELECT
        *,
        seeded(greatest(change, 0), nth, n, run, timestamp) AS gain,
        seeded(greatest(-change, 0), nth, n, run, timestamp) AS loss
    FROM changes
),
parts AS (
    SELECT
        *,
        block_part(gain, nth, wilder_keep(n), run, timestamp) AS gain_part,
        block_part(loss, nth, wilder_keep(n), run, timestamp) AS loss_part
    FROM inputs
),
results AS (
    SELECT
        timestamp, close, asked,
        smoothed(gain_part, nth, wilder_keep(n), run, timestamp) AS gains,
        smoothed(loss_part, nth, wilder_keep(n), run, timestamp) AS losses
    FROM parts
)
SELECT timestamp, close, CASE WHEN gains + losses = 0 THEN 50 ELSE 100 * gains / (gains + losses) END AS rsi
FROM results
WHERE asked
ORDER BY timestamp;

-- The first bar of a run has no true range: there is no close before it.
CREATE OR REPLACE MACRO atr(of_symbol, of_timeframe, n := 14, begin_time := NULL, end_time := NULL) AS TABLE
WITH before AS (
    SELECT *, place - n - 1 AS nth, lag(close) OVER (PARTITION BY run ORDER BY timestamp) AS previous
    FROM buckets(of_symbol, of_timeframe, begin_time, end_time, 20 * n)
),
ranges AS (
    SELECT
        *,
        CASE WHEN previous IS NOT NULL THEN greatest(high - low, abs(high - previous), abs(low - previous)) END AS true_range
    FROM before
),
inputs AS (
    SELECT *, seeded(true_range, nth, n, run, timestamp) AS x
    FROM ranges
),
parts AS (
    SELECT *, block_part(x, nth, wilder_keep(n), run, timestamp) AS part
    FROM inputs
),
results AS (
    SELECT timestamp, close, true_range, asked, smoothed(part, nth, wilder_keep(n), run, timestamp) AS atr
    FROM parts
)
SELECT timestamp, close, true_range, atr
FROM results
WHERE asked
ORDER BY timestamp;

-- Both averages begin at the slow one's first row; the signal is the average of the difference, seeded likewise.
CREATE OR REPLACE MACRO macd(
    of_symbol, of_timeframe, fast := 12, slow := 26, signal := 9, begin_time := NULL, end_time := NULL
) AS TABLE
WITH inputs AS (
    SELECT
        *, place - slow AS nth,
        seeded(close, place - slow, fast, run, timestamp) AS fast_x,
        seeded(close, place - slow, slow, run, timestamp) AS slow_x
    FROM buckets(of_symbol, of_timeframe, begin_time, end_time, 10 * (slow + signal))
),
parts AS (
    SELECT
        *,
        block_part(fast_x, nth, ema_keep(fast), run, timestamp) AS fast_part,
        block_part(slow_x, nth, ema_keep(slow), run, timestamp) AS slow_part
    FROM inputs
),
differences AS (
    SELECT
        *, nth - signal + 1 AS signal_nth,
        smoothed(fast_part, nth, ema_keep(fast), run, timestamp)
            - smoothed(slow_part, nth, ema_keep(slow), run, timestamp) AS difference
    FROM parts
),
signal_inputs AS (
    SELECT *, seeded(difference, signal_nth, signal, run, timestamp) AS signal_x
    FROM differences
),
signal_parts AS (
    SELECT *, block_part(signal_x, signal_nth, ema_keep(signal), run, timestamp) AS signal_part
    FROM signal_inputs
),
results AS (
    SELECT
        timestamp, close, asked, difference,
        smoothed(signal_part, signal_nth, ema_keep(signal), run, timestamp) AS averaged
    FROM signal_parts
)
SELECT timestamp, close, difference AS macd, averaged AS signal, difference - averaged AS histogram
FROM results
WHERE asked
ORDER BY timestamp;

-- One row: return = last close / first close − 1; volatility of the logarithmic returns, annualised as above; volume; how
-- many buckets are not proven; the gaps of trades reported within the time, and their seconds in it.
CREATE OR REPLACE MACRO summary(of_symbol, of_timeframe, begin_time := NULL, end_time := NULL) AS TABLE
WITH rows_asked AS (
    SELECT
        *,
        ln(close / lag(close) OVER (PARTITION BY run ORDER BY timestamp)) AS change,
        sqrt(31536000 / timeframe_seconds(of_timeframe)) AS yearly,
        CAST(begin_time AS TIMESTAMPTZ) AS since,
        coalesce(CAST(end_time AS TIMESTAMPTZ), bucket_end(of_timeframe, timestamp)) AS until
    FROM buckets(of_symbol, of_timeframe, begin_time, end_time, 0)
    WHERE asked
),
totals AS (
    SELECT
        coalesce(min(since), min(timestamp)) AS since,
        max(until) AS until,
        min(timestamp) AS first_bucket,
        max(timestamp) AS last_bucket,
        arg_min(close, timestamp) AS first_close,
        arg_max(close, timestamp) AS last_close,
        stddev_samp(change) * max(yearly) AS volatility,
        sum(volume) AS volume,
        sum(quote_volume) AS quote_volume,
        count(*) FILTER (WHERE NOT proven) AS unproven_buckets
    FROM rows_asked
),
lost AS (
    SELECT count(*) AS gaps, coalesce(sum(epoch_ms(least(to_time, until)) - epoch_ms(greatest(from_time, since))), 0) AS ms
    FROM gaps, totals
    WHERE symbol = of_symbol AND stream = 'trades' AND NOT repaired AND from_time < until AND to_time > since
)
SELECT
    of_symbol AS symbol,
    of_timeframe AS timeframe,
    totals.* EXCLUDE (since, until),
    last_close / first_close - 1 AS return,
    gaps,
    ms / 1000 AS gap_seconds
FROM totals, lost;
