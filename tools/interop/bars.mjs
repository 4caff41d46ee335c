// Bars by whole-number arithmetic over the decimals of the trades.

const TIMEFRAMES = { '1m': 60, '5m': 300, '15m': 900, '1h': 3_600, '4h': 14_400, '1d': 86_400 };
const PLACES = 16;

/** Exact, in units of 1e-16. */
function exact(text) {
  const [whole, fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(PLACES, '0'));
}

/** The double nearest to `units / 10^places`. */
function nearest(units, places) {
  const digits = String(units).padStart(places + 1, '0');
  return Number(`${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** Of all buckets with a trade, whether closed or not; trades in the order of their arrival. */
export function bars(trades) {
  const buckets = new Map();
  for (const trade of trades) {
    for (const [timeframe, seconds] of Object.entries(TIMEFRAMES)) {
      const start = trade.time - (trade.time % (seconds * 1_000));
      const key = `${trade.coin} ${timeframe} ${start}`;
      const bucket = buckets.get(key) ?? { timeframe, start, end: start + seconds * 1_000, trades: [] };
      buckets.set(key, bucket);
      bucket.trades.push(trade);
    }
  }
  return [...buckets.values()].map(bar);
}

function bar({ timeframe, start, end, trades }) {
  const inOrder = trades.toSorted((a, b) => a.time - b.time); // keeps the order of arrival within a millisecond
  const prices = inOrder.map((trade) => Number(trade.px));
  const sum = (of) => of.reduce((total, trade) => total + exact(trade.sz), 0n);
  const volume = sum(trades);
  const quote = trades.reduce((total, trade) => total + exact(trade.px) * exact(trade.sz), 0n);
  const times = inOrder.map((trade) => BigInt(trade.time) * 1_000n);
  return {
    symbol: trades[0].coin,
    timeframe,
    basis: 'trade',
    source: 'own',
    timestamp: BigInt(start) * 1_000n,
    end: BigInt(end) * 1_000n,
    open: prices[0],
    high: Math.max(...prices),
    low: Math.min(...prices),
    close: prices.at(-1),
    volume: nearest(volume, PLACES),
    quote_volume: nearest(quote, 2 * PLACES),
    vwap: nearest((quote * 10n ** 24n) / volume, PLACES + 24),
    buy_volume: nearest(sum(trades.filter((trade) => trade.side === 'B')), PLACES),
    trade_count: BigInt(trades.length),
    samples: null,
    first_time: times[0],
    last_time: times.at(-1),
  };
}
