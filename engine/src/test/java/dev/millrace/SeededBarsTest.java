package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Decimals;
import dev.millrace.pipeline.Frames;
import dev.millrace.pipeline.Frames.VenueTrade;
import dev.millrace.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeded days of a venue with late trades, repeated messages, holes of hours and ties within one millisecond, through a
 * real socket: bars by SQL over the same trades. The seeded twin of {@link RecordedBarsTest}.
 */
class SeededBarsTest {

    private static final List<String> COINS = List.of("BTC", "SOL", "kPEPE", "PURR/USDC");
    private static final long START_MS = 1_700_000_000_000L;
    /** Late, but for its bars: the revision window is 10 min, and the clock carries at most some seconds beyond. */
    private static final int REVISABLE_MS = 9 * 60_000;

    @TempDir
    Path folder;

    @Test
    void shouldGiveTheBarsOfSqlOverDays() throws Exception {
        check(20_260_801, 20_000);
    }

    @Test
    @Tag("stress")
    @Tag("stress-market")
    void shouldGiveTheBarsOfSqlOverMonths() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            check(seed, 100_000);
        }
    }

    private void check(long seed, int messages) throws Exception {
        Path home = Files.createDirectory(folder.resolve("seed-" + seed));
        Stream stream = new Stream(seed);
        for (int i = 0; i < messages; i++) {
            stream.step();
        }
        // Nobody agrees with a message that was held back last of all.
        stream.hole();
        stream.write(home);
        Diary diary = new Diary();
        try (Simulator exchange = Segments.play(COINS, List.of(stream.frames))) {
            String coins = "feed.coins=" + String.join(",", COINS);
            Engine engine =
                    Engine.launch(Daemon.config(home, exchange.wsUrl(), exchange.restUrl(), coins), List.of(diary));
            try (engine) {
                diary.await("the end of the stream", () -> engine.counters().value("feed.lost") > 0);
            }
            assertEquals(0, engine.counters().value("clock.refused"), "seed " + seed + ": refused messages");
            assertTrue(engine.counters().value("clock.held") > 0, "seed " + seed + ": no hole was seen as one");
            assertTrue(engine.counters().value("trades.late-unbarred") > 10, "seed " + seed);
            assertTrue(engine.counters().value("trades.duplicates") > 100, "seed " + seed);
        }
        try (SqlBars sql = new SqlBars()) {
            for (String coin : COINS) {
                sql.add(coin, stream.file(home, coin), "NOT unbarred");
            }
            List<String> lines =
                    diary.csvLines().stream().map(SqlBars::valuesOf).sorted().toList();
            Daemon.assertLines(sql.lines(), lines, "seed " + seed);
            System.out.println("seed " + seed + ": " + messages + " messages over " + stream.days() + " days, "
                    + sql.trades() + " barred trades, " + lines.size() + " bars equal those of SQL");
        }
    }

    private static final class Stream {
        private final Random random;
        private final List<byte[]> frames = new ArrayList<>();
        private final List<List<String>> lines =
                COINS.stream().<List<String>>map(coin -> new ArrayList<>()).collect(Collectors.toList());
        private final List<VenueTrade> sent = new ArrayList<>();
        private long nowMs = START_MS;

        Stream(long seed) {
            random = new Random(seed);
            // The clock must have run before anything can be late.
            send(trade(0, nowMs));
            nowMs += 100;
        }

        void step() {
            int dice = random.nextInt(1_000);
            if (dice < 1) {
                hole();
            } else if (dice < 30) {
                repeat();
            } else if (dice < 80) {
                send(trade(random.nextInt(COINS.size()), nowMs - random.nextInt(REVISABLE_MS)));
            } else if (dice < 85) {
                send(trade(random.nextInt(COINS.size()), nowMs - 2L * REVISABLE_MS - random.nextInt(REVISABLE_MS)));
            } else {
                int coin = random.nextInt(COINS.size());
                VenueTrade[] trades = new VenueTrade[1 + random.nextInt(5)];
                for (int i = 0; i < trades.length; i++) {
                    trades[i] = trade(coin, nowMs);
                }
                send(trades);
            }
            // Often several messages in one millisecond.
            nowMs += random.nextInt(3) == 0 ? 0 : random.nextInt(15_000) * random.nextInt(2) + random.nextInt(3);
        }

        long days() {
            return (nowMs - START_MS) / 86_100_000;
        }

        Path file(Path home, String coin) {
            return home.resolve("trades-" + COINS.indexOf(coin) + ".csv");
        }

        void write(Path home) throws Exception {
            for (int coin = 0; coin < COINS.size(); coin++) {
                lines.get(coin).add(0, "price,size,side,trade_id,exchange_timestamp,unbarred");
                Files.write(file(home, COINS.get(coin)), lines.get(coin));
            }
        }

        /** Hours without a message, then enough of them at once to agree that it was so. */
        private void hole() {
            nowMs += 60_000L + random.nextInt(6 * 3_600_000);
            for (int i = 0; i < 4; i++) {
                send(trade(i, nowMs + i));
            }
            nowMs += 4;
        }

        private void repeat() {
            VenueTrade again = sent.get(Math.max(0, sent.size() - 1 - random.nextInt(200)));
            send(again);
        }

        private VenueTrade trade(int coin, long timeMs) {
            long step = switch (coin) {
                case 0 -> 1_000;
                case 1 -> 1_000_000;
                default -> Decimals.ONE;
            };
            return new VenueTrade(
                    COINS.get(coin),
                    timeMs,
                    random.nextInt(1 << 30),
                    1 + random.nextInt(1_000_000) * 10L + coin * 1_000_000_000L,
                    step * (1 + random.nextInt(1_000_000)),
                    random.nextBoolean());
        }

        private void send(VenueTrade... trades) {
            frames.add(Segments.bytes(Frames.trades(List.of(trades))));
            for (VenueTrade trade : trades) {
                sent.add(trade);
                lines.get(COINS.indexOf(trade.coin()))
                        .add(Decimals.text(trade.price()) + "," + Decimals.text(trade.size()) + ","
                                + (trade.buy() ? "buy" : "sell") + "," + trade.tid() + "," + trade.timeMs() + ","
                                + (trade.timeMs() < nowMs - REVISABLE_MS));
            }
        }
    }
}
