// The rows that the journal's frames must have become, from the text of the frames alone.
import { bars } from './bars.mjs';

const CONTEXT = {
  funding: 'funding',
  open_interest: 'openInterest',
  prev_day_price: 'prevDayPx',
  day_notional_volume: 'dayNtlVlm',
  premium: 'premium',
  oracle_price: 'oraclePx',
  mark_price: 'markPx',
  mid_price: 'midPx',
  day_base_volume: 'dayBaseVlm',
  circulating_supply: 'circulatingSupply',
};

const number = (text) => (text === null || text === undefined ? null : Number(text));
const micros = (ms) => BigInt(ms) * 1000n;

/** Rows by dataset, of the text of `journal export --meta`. */
export function expected(exported) {
  const rows = { tick_data: [], book_tops: [], asset_context: [], books: [] };
  const seen = new Set();
  const trades = [];
  let held = new Map();
  let last = 0n;
  for (const line of exported.split('\n').filter(Boolean)) {
    const tab = line.indexOf('\t');
    const [sequence, receivedNs] = line.slice(0, tab).split(' ').slice(0, 2).map(BigInt);
    if (sequence !== last + 1n) {
      held = new Map(); // between sessions lie records that are no frames; every book is unknown then
    }
    last = sequence;
    const at = { received_ns: receivedNs, journal_seq: sequence };
    const { channel, data } = JSON.parse(line.slice(tab + 1));
    if (channel === 'trades') {
      data.filter((trade) => isNew(seen, trade)).forEach((trade) => trades.push(trade) && rows.tick_data.push(tick(trade, at)));
    } else if (channel === 'bbo') {
      const [bid, ask] = data.bbo;
      top(rows.book_tops, held, data, 'bbo', [bid ? [bid] : [], ask ? [ask] : []], at);
    } else if (channel === 'l2Book') {
      const view = data.fast ? 'fast' : 'slow';
      top(rows.book_tops, held, data, view, data.levels, at);
      rows.books.push(...['bid', 'ask'].flatMap((side, i) => data.levels[i].map((level, n) => row(data, view, side, level, n, at))));
    } else if (channel.startsWith('active')) {
      rows.asset_context.push(context(data, at));
    }
  }
  rows.ohlcv = bars(trades);
  return rows;
}

function isNew(seen, { coin, time, tid }) {
  const key = `${coin} ${time} ${tid}`;
  return !seen.has(key) && seen.add(key);
}

function tick({ coin, time, tid, side, px, sz }, at) {
  const aggressor = side === 'B' ? 'buy' : 'sell';
  return { symbol: coin, timestamp: micros(time), trade_id: BigInt(tid), side: aggressor, price: Number(px), volume: Number(sz), ...at };
}

function row({ coin, time }, view, side, { px, sz, n }, level, at) {
  const place = { symbol: coin, timestamp: micros(time), view, side, level: BigInt(level) };
  return { ...place, price: Number(px), size: Number(sz), orders: BigInt(n), ...at };
}

/** A row where the best of either side is not that of the view's book before. */
function top(rows, held, { coin, time }, view, [bids, asks], at) {
  const best = [bids[0]?.px, bids[0]?.sz, asks[0]?.px, asks[0]?.sz].map(number);
  const key = `${view} ${coin}`;
  if (held.get(key) !== String(best)) {
    held.set(key, String(best));
    const [bid_price, bid_size, ask_price, ask_size] = best;
    rows.push({ symbol: coin, timestamp: micros(time), view, bid_price, bid_size, ask_price, ask_size, ...at });
  }
}

function context({ coin, ctx }, at) {
  const values = Object.fromEntries(Object.entries(CONTEXT).map(([column, key]) => [column, number(ctx[key])]));
  const [impact_bid, impact_ask] = (ctx.impactPxs ?? [null, null]).map(number);
  return { symbol: coin, timestamp: at.received_ns / 1000n, ...values, impact_bid, impact_ask, ...at };
}
