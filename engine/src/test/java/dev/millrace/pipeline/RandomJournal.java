package dev.millrace.pipeline;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.ClockConfig;
import dev.millrace.config.OrderConfig;
import dev.millrace.config.ResultConfig;
import dev.millrace.market.Basis;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Timeframe;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A journal of everything that can stand in one, in an order that no venue would send: sessions with changing settings,
 * connections, trades new, late, repeated, refused and absurdly dated, books, candles, metadata, damage. Seeded.
 */
public final class RandomJournal {

    private static final String[] COINS = {"A", "B", "kC", "D/USDC"};
    private static final String[] INTERVALS = {"1m", "5m", "1h"};

    private static final String[] ACKED = {
        "\"activeAssetCtx\"",
        "\"bbo\"",
        "\"l2Book\",\"nSigFigs\":null,\"mantissa\":null,\"fast\":false",
        "\"candle\",\"interval\":\"1m\"",
        "\"allMids\""
    };

    private final Random random;
    private final Tape tape = new Tape();
    private final List<String> sent = new ArrayList<>();
    private long nowMs = 1_700_000_000_000L;
    private long receiveMs = nowMs;
    private long tid;

    private RandomJournal(Random random) {
        this.random = random;
    }

    /** Its records, numbered from 1. */
    public static List<MarketEvent> records(long seed, int steps) {
        return of(seed, steps).records();
    }

    static Tape of(long seed, int steps) {
        return of(new Random(seed), steps);
    }

    static Tape of(Random random, int steps) {
        RandomJournal journal = new RandomJournal(random);
        journal.session();
        for (int i = 0; i < steps; i++) {
            journal.step();
        }
        return journal.tape;
    }

    private void step() {
        nowMs += random.nextInt(12) == 0 ? random.nextInt(20_000) : random.nextInt(700);
        if (random.nextInt(150) == 0) {
            nowMs += random.nextInt(3_600_000);
        }
        receiveMs = nowMs + 200 - (random.nextInt(60) == 0 ? random.nextInt(60_000) : 0);
        int dice = random.nextInt(200);
        if (dice < 80) {
            frame(trades());
        } else if (dice < 90) {
            frame(dice < 84 ? ack() : Frames.context(coin(), random.nextInt(1_000)));
        } else if (dice < 100) {
            frame(sent.isEmpty() ? "pong" : sent.get(random.nextInt(sent.size())));
        } else if (dice < 120) {
            frame(dice < 110 ? Frames.bbo(coin(), time(), "1.5", "1.7") : book());
        } else if (dice < 130) {
            frame(candle());
        } else if (dice < 145) {
            tape.clock(receiveMs);
        } else if (dice < 160) {
            frame(Frames.tradesAck(coin())
                    .replace("subscribe\"", random.nextInt(8) == 0 ? "unsubscribe\"" : "subscribe\""));
        } else if (dice < 180) {
            tape.lifecycle(random.nextInt(3) == 0 ? Lifecycle.LOST : Lifecycle.CONNECTED, connection(), receiveMs);
        } else if (dice < 186) {
            tape.rest(receiveMs, metadata());
        } else if (dice < 190) {
            frame("{\"channel\":\"allMids\",\"data\":{\"mids\":{\"" + coin() + "\":\"1.25\",\"E\":\"3\"}}}");
        } else if (dice < 193) {
            session();
        } else if (dice == 195) {
            tape.sentiment(receiveMs, sentiment());
        } else if (dice < 196) {
            frame("Websocket connection established.");
        } else {
            tape.lifecycle(Lifecycle.STOPPING, 0, receiveMs);
            session();
        }
    }

    /** Today and yesterday, now and then as the whole past; no dice, so that the rest of a seed stays as it is. */
    private String sentiment() {
        long day = nowMs / 86_400_000 * 86_400;
        String entry = "{\"value\":\"%d\",\"value_classification\":\"Words\",\"timestamp\":\"%d\"}";
        return "200 /fng/?limit=" + nowMs % 3 + "&format=json\n{\"data\":["
                + String.format(Locale.ROOT, entry, nowMs / 1_000 % 101, day) + ","
                + String.format(Locale.ROOT, entry, nowMs / 60_000 % 101, day - 86_400) + "]}";
    }

    private void session() {
        tape.session(receiveMs, results());
    }

    private ResultConfig results() {
        List<Timeframe> timeframes = Stream.of("1s", "10s", "1m", "5m", "1h")
                .filter(label -> label.equals("1m") || random.nextInt(3) > 0)
                .map(Timeframe::parse)
                .toList();
        BarsConfig.EmptyBars[] policies = BarsConfig.EmptyBars.values();
        return new ResultConfig(
                new OrderConfig(1 + random.nextInt(60), 100, Duration.ofSeconds(1 + random.nextInt(40))),
                new ClockConfig(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10)),
                new BarsConfig(
                        timeframes,
                        random.nextBoolean() ? List.of(Basis.TRADE) : List.of(Basis.TRADE, Basis.MID),
                        Duration.ofMillis(random.nextInt(1_000)),
                        Duration.ofSeconds(5 + random.nextInt(200)),
                        policies[random.nextInt(policies.length)]));
    }

    private String trades() {
        List<VenueTrade> trades = new ArrayList<>();
        String coin = coin();
        for (int i = random.nextInt(4); i >= 0; i--) {
            coin = random.nextInt(10) == 0 ? coin() : coin;
            trades.add(new VenueTrade(
                    coin,
                    time(),
                    ++tid,
                    100_000_000L * (100 + random.nextInt(20)),
                    10_000L * (1 + random.nextInt(1_000)),
                    random.nextBoolean()));
        }
        String text = Frames.trades(trades);
        sent.add(text);
        return random.nextInt(25) == 0 ? text.replaceFirst("\"px\":\"[^\"]*", "\"px\":\"-1") : text;
    }

    /** Mostly now; some late, some far ahead. */
    private long time() {
        return switch (random.nextInt(30)) {
            case 0 -> nowMs - random.nextInt(300_000);
            case 1 -> nowMs + 11_000 + random.nextInt(100_000_000);
            case 2, 3, 4 -> nowMs - random.nextInt(3_000);
            default -> nowMs;
        };
    }

    private String book() {
        StringBuilder text = new StringBuilder("{\"channel\":\"l2Book\",\"data\":{\"coin\":\"" + coin() + "\",\"time\":"
                + time() + (random.nextBoolean() ? ",\"fast\":true" : "") + ",\"levels\":[[");
        for (int i = 0, levels = random.nextInt(5); i < levels; i++) {
            text.append(i == 0 ? "" : ",").append("{\"px\":\"").append(50 - i).append("\",\"sz\":\"1.25\",\"n\":3}");
        }
        return text.append("],[{\"px\":\"51\",\"sz\":\"2.5\",\"n\":1}]]}}").toString();
    }

    private String candle() {
        String interval = INTERVALS[random.nextInt(INTERVALS.length)];
        long startMs = nowMs - nowMs % 60_000 - 60_000L * random.nextInt(3);
        return Frames.candle(coin(), startMs, random.nextInt(40)).replace("\"1m\"", "\"" + interval + "\"");
    }

    private String ack() {
        String type = ACKED[random.nextInt(ACKED.length)];
        return Frames.tradesAck(coin()).replace("\"trades\"", type);
    }

    private String metadata() {
        return "200 {\"type\":\"metaAndAssetCtxs\"}\n[{\"universe\":[{\"name\":\"" + coin() + "\",\"szDecimals\":"
                + random.nextInt(6) + "}]},[{\"dayNtlVlm\":\"" + random.nextInt(1_000) + ".5\"}]]";
    }

    private void frame(String text) {
        tape.frame(connection(), receiveMs, text);
    }

    private int connection() {
        return random.nextInt(6) == 0 ? 2 : 1;
    }

    private String coin() {
        return COINS[Math.min(random.nextInt(8), COINS.length - 1)];
    }
}
