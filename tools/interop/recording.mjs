// A made-up recording of three sessions over midnight: frames as the exchange sends them, a function of the seed.

import { MIDNIGHT } from './time.mjs';

const MIDNIGHT_MS = Number(MIDNIGHT / 1_000n);
export const COINS = ['BTC', 'kPEPE', 'KPEPE', 'PURR/USDC', '@107', '#250', 'xyz:TSLA'];

const STEP_MS = 4_000;
const at = (hours, minutes) => MIDNIGHT_MS + (hours * 60 + minutes) * 60_000;
const SESSIONS = [
  { from: at(-2, 30), to: at(-1, 10), overlaps: false },
  { from: at(-1, 20), to: at(0, 30), overlaps: false },
  { from: at(0, 40), to: at(1, 15), overlaps: true },
];
const SPOT = new Set(['PURR/USDC', '@107']);
const DECIMALS = { BTC: 1, kPEPE: 8, KPEPE: 6, 'PURR/USDC': 5, '@107': 3, '#250': 4, 'xyz:TSLA': 2 };

// mulberry32
function randoms(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function decimal(units, places) {
  const digits = String(units).padStart(places + 1, '0');
  const text = digits.slice(0, digits.length - places) + '.' + digits.slice(digits.length - places);
  return text.replace(/(\.\d+?)0+$/, '$1');
}

/** The lines of each session, `<receive ns> <frame>`, for `millrace journal import`. */
export function recording(seed) {
  const random = randoms(seed);
  const below = (n) => Math.floor(random() * n);
  const prices = Object.fromEntries(COINS.map((coin) => [coin, 5_000 + below(5_000)]));
  const past = Object.fromEntries(COINS.map((coin) => [coin, []]));

  const price = (coin, offset = 0) => decimal(prices[coin] + offset, DECIMALS[coin]);
  const size = () => decimal(1 + below(10 ** (1 + below(9))), below(6) + 1);

  function trade(coin, time) {
    prices[coin] = Math.max(1_000, prices[coin] + below(21) - 10);
    const made = { coin, side: random() < 0.5 ? 'B' : 'A', px: price(coin), sz: size(), time, hash: '0x0', tid: below(2 ** 50) };
    past[coin].push(made);
    return made;
  }

  function trades(coin, time) {
    const again = random() < 0.05 ? past[coin].slice(-2) : [];
    return { channel: 'trades', data: again.concat(Array.from({ length: 1 + below(4) }, () => trade(coin, time))) };
  }

  function side(coin, sign, depth) {
    return Array.from({ length: depth }, (none, level) => ({ px: price(coin, sign * (1 + level)), sz: size(), n: 1 + below(9) }));
  }

  function book(coin, time) {
    const fast = random() < 0.5;
    const levels = [side(coin, -1, below(fast ? 6 : 21)), side(coin, 1, below(fast ? 6 : 21))];
    return { channel: 'l2Book', data: { coin, time, levels, ...(fast ? { fast } : {}) } };
  }

  function bbo(coin, time) {
    const best = (sign) => side(coin, sign, random() < 0.05 ? 0 : 1)[0] ?? null;
    return { channel: 'bbo', data: { coin, time, bbo: [best(-1), best(1)] } };
  }

  function context(coin) {
    const ctx = { prevDayPx: price(coin, 7), dayNtlVlm: size(), markPx: price(coin), midPx: random() < 0.1 ? null : price(coin, 1) };
    if (SPOT.has(coin)) {
      return { channel: 'activeSpotAssetCtx', data: { coin, ctx: { ...ctx, coin, circulatingSupply: size() } } };
    }
    const funding = (random() < 0.5 ? '-' : '') + decimal(1 + below(99_999), 10);
    const impactPxs = random() < 0.1 ? null : [price(coin, -2), price(coin, 2)];
    const perp = { funding, openInterest: size(), premium: null, oraclePx: price(coin, 3), impactPxs, dayBaseVlm: size() };
    return { channel: 'activeAssetCtx', data: { coin, ctx: { ...ctx, ...perp } } };
  }

  function mids() {
    return { channel: 'allMids', data: { mids: Object.fromEntries(COINS.map((coin) => [coin, price(coin)])) } };
  }

  /** The subscription is acknowledged, then comes what the exchange takes for recent. */
  function begin(coin, session) {
    const recent = session.overlaps ? past[coin].slice(-3) : [];
    const fresh = Array.from({ length: 3 }, (none, i) => trade(coin, session.from - 3_000 + i * 1_000));
    const subscription = { type: 'trades', coin };
    return [
      { channel: 'subscriptionResponse', data: { method: 'subscribe', subscription } },
      { channel: 'trades', data: recent.concat(fresh) },
    ];
  }

  const makers = [[0.4, trades], [0.2, book], [0.2, bbo], [0.1, context]];
  return SESSIONS.map((session) => {
    const lines = [];
    let receivedNs = BigInt(session.from) * 1_000_000n;
    const take = (frame) => {
      receivedNs += BigInt(1 + below(900_000));
      lines.push(`${receivedNs} ${JSON.stringify(frame)}`);
    };
    COINS.forEach((coin) => begin(coin, session).forEach(take));
    for (let ms = session.from; ms < session.to; ms += STEP_MS) {
      receivedNs = BigInt(ms) * 1_000_000n + 120_000_000n;
      if (random() < 0.1) {
        take(mids());
      }
      for (const coin of COINS) {
        makers.filter(([chance]) => random() < chance).forEach(([, make]) => take(make(coin, ms + below(80))));
      }
    }
    return lines;
  });
}
