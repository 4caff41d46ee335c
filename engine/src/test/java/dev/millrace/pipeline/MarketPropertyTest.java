package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ResultConfig;
import dev.millrace.market.Bar;
import dev.millrace.market.Gap;
import dev.millrace.market.Lifecycle;
import dev.millrace.metrics.Counters;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Seeded lives of a venue with duplicates, late trades, reconnects and long stops, through the whole market. A failing
 * seed is named.
 */
class MarketPropertyTest {

    private static final String[] TIMEFRAMES = {"1s", "1m", "5m", "1h"};

    @Test
    void shouldHoldOverRandomLives() {
        lives(1, 300);
    }

    @Test
    @Tag("stress")
    @Tag("stress-market")
    void shouldHoldOverManyRandomLives() {
        lives(1_000_000, 5_000);
    }

    private static void lives(long firstSeed, int count) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            try {
                new Life(new Random(seed)).check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** One venue with two coins, one daemon that listens to it, and what must be true of the outcome. */
    static final class Life {
        private final Random random;
        private final Tape tape = new Tape();
        private final Map<String, List<VenueTrade>> venue =
                new HashMap<>(Map.of("A", new ArrayList<>(), "B", new ArrayList<>()));
        private final List<VenueTrade> withheld = new ArrayList<>();
        private final Oracle oracle;
        private final ResultConfig results;
        private final boolean lateBeyondWindow;
        private long nowMs = 1_700_000_000_000L;
        private long tid;
        private int connection;
        private boolean up;

        Life(Random random) {
            this.random = random;
            Duration window = Duration.ofSeconds(random.nextBoolean() ? 600 : 90);
            int keep = random.nextBoolean() ? 4096 : 40;
            results = Tape.results(keep, window, TIMEFRAMES);
            lateBeyondWindow = random.nextInt(3) == 0;
            oracle = new Oracle(keep, window.toMillis());
        }

        void check() {
            live();
            Recorder recorder = new Recorder();
            Counters counters = new Counters();
            Market market = Recorder.market(recorder, counters);
            tape.play(market);
            conserved(counters, recorder);
            Map<String, Bar> all = recorder.allBars();
            assertEquals(oracle.bars(TIMEFRAMES), Oracle.text(all.values()), "bars");
            revisionsCountUp(recorder.bars);
            Rollups.check(recorder.last.values());
            if (!lateBeyondWindow) {
                completeBarsHoldEveryTrade(recorder.last.values());
                missingTradesLieInGaps(recorder.gaps);
            }
        }

        private void live() {
            tape.session(receive(), results);
            for (int i = 0; i < 40; i++) {
                trade(random.nextBoolean() ? "A" : "B");
                nowMs += random.nextInt(5_000);
            }
            connect();
            int steps = 100 + random.nextInt(150);
            for (int i = 0; i < steps; i++) {
                step();
            }
        }

        private void step() {
            nowMs += random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(900);
            deliverInTime();
            int dice = random.nextInt(100);
            if (dice < 60) {
                block();
            } else if (dice < 70) {
                tape.clock(receive());
                oracle.record(receive());
            } else if (dice < 78) {
                repeat();
            } else if (dice < 88) {
                deliverLate();
            } else if (dice < 91 && up) {
                disconnect();
            } else if (!up && dice >= 91) {
                connect();
            }
        }

        private void block() {
            String coin = random.nextInt(4) == 0 ? "B" : "A";
            List<VenueTrade> made = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                VenueTrade one = trade(coin);
                if (up && random.nextInt(25) == 0) {
                    withheld.add(one);
                } else {
                    made.add(one);
                }
            }
            if (up && !made.isEmpty()) {
                send(made);
            }
        }

        private VenueTrade trade(String coin) {
            VenueTrade one = new VenueTrade(
                    coin,
                    nowMs,
                    ++tid,
                    100_000_000L * (100 + random.nextInt(20)),
                    1 + random.nextInt(1_000_000),
                    random.nextBoolean());
            venue.get(coin).add(one);
            return one;
        }

        private void repeat() {
            List<VenueTrade> trades = venue.get("A");
            int from = Math.max(0, trades.size() - 1 - random.nextInt(60));
            List<VenueTrade> again = new ArrayList<>(trades.subList(from, Math.min(from + 5, trades.size())));
            again.removeAll(withheld);
            again.removeIf(trade -> !oracle.everOffered(trade));
            if (up && !again.isEmpty()) {
                send(again);
            }
        }

        /** What comes behind the window is left out of its bar, complete or not: that is the other lives' matter. */
        private void deliverInTime() {
            long latestMs = nowMs - results.bars().revisionWindow().toMillis() / 2;
            while (!lateBeyondWindow
                    && up
                    && !withheld.isEmpty()
                    && withheld.get(0).timeMs() < Math.min(latestMs, oracle.newestExchangeTime())) {
                deliver(withheld.remove(0));
            }
        }

        private void deliverLate() {
            // A late trade that is the newest of all would set the clock back and hold what follows: another test's
            // matter.
            if (up && !withheld.isEmpty() && withheld.get(0).timeMs() < oracle.newestExchangeTime()) {
                if (lateBeyondWindow && random.nextInt(3) == 0) {
                    nowMs += 700_000;
                }
                deliver(withheld.remove(0));
            }
        }

        private void deliver(VenueTrade trade) {
            send(List.of(trade));
        }

        private boolean stillWithheld(VenueTrade trade) {
            return withheld.contains(trade) && !oracle.everOffered(trade);
        }

        private void disconnect() {
            send(List.of(trade("A")));
            while (!withheld.isEmpty()) {
                deliver(withheld.remove(0));
            }
            tape.lifecycle(Lifecycle.LOST, connection, receive());
            oracle.record(receive());
            up = false;
            nowMs += random.nextInt(4) == 0 ? random.nextInt(1_500_000) : random.nextInt(3_000);
        }

        private void connect() {
            connection++;
            up = true;
            trade("A"); // a snapshot without a fresh trade would set the clock back and hold what follows
            tape.lifecycle(Lifecycle.CONNECTED, connection, receive());
            oracle.record(receive());
            for (String coin : List.of("A", "B")) {
                tape.frame(connection, receive(), Frames.tradesAck(coin));
                oracle.record(receive());
                List<VenueTrade> trades = venue.get(coin);
                List<VenueTrade> snapshot =
                        new ArrayList<>(trades.subList(Math.max(0, trades.size() - 30), trades.size()));
                if (random.nextBoolean()) {
                    Collections.shuffle(snapshot, random);
                }
                send(snapshot);
            }
        }

        private void send(List<VenueTrade> trades) {
            tape.frame(connection, receive(), Frames.trades(trades));
            oracle.frame(connection, trades, receive());
        }

        private long receive() {
            return nowMs + 300;
        }

        private void conserved(Counters counters, Recorder recorder) {
            assertEquals(oracle.accepted.size(), counters.value("trades.accepted"), "accepted");
            assertEquals(oracle.refused, counters.value("trades.too-old"), "too old");
            assertEquals(oracle.duplicates, counters.value("trades.duplicates"), "duplicates");
            assertEquals(
                    counters.value("trades.accepted"),
                    counters.value("trades.barred") + counters.value("trades.late-unbarred"),
                    "accepted = barred + late");
            assertTrue(oracle.accepted.stream().map(VenueTrade::tid).toList().equals(recorder.tids), "ticks in order");
        }

        private static void revisionsCountUp(List<Bar> bars) {
            Map<String, Integer> last = new HashMap<>();
            for (Bar bar : bars) {
                Integer before = last.put(Recorder.key(bar), bar.revision);
                assertEquals(before == null ? 0 : before + 1, bar.revision, "revision of " + bar);
            }
        }

        private void completeBarsHoldEveryTrade(Iterable<Bar> bars) {
            for (Bar bar : bars) {
                if (bar.complete) {
                    long truth = venue.get(bar.symbolName).stream()
                            .filter(trade -> trade.timeMs() >= bar.startMs && trade.timeMs() < bar.endMs())
                            .filter(trade -> !stillWithheld(trade))
                            .count();
                    assertEquals(truth, bar.count, "complete but not whole: " + bar);
                }
            }
        }

        /** From its first trade on, whatever the venue traded was accepted or lies in a gap or in the open break. */
        private void missingTradesLieInGaps(List<Gap> gaps) {
            for (String coin : List.of("A", "B")) {
                long first = oracle.firstOffered(coin);
                long openBreak = up ? Long.MAX_VALUE : oracle.lastExchangeTime(connection);
                for (VenueTrade trade : venue.get(coin)) {
                    boolean inGap = gaps.stream()
                            .anyMatch(gap -> gap.symbol().equals(coin)
                                    && gap.fromMs() <= trade.timeMs()
                                    && trade.timeMs() < gap.toMs());
                    assertTrue(
                            trade.timeMs() <= first
                                    || oracle.everOffered(trade)
                                    || stillWithheld(trade)
                                    || inGap
                                    || trade.timeMs() >= openBreak,
                            "missing and in no gap: " + trade + " gaps " + gaps);
                }
            }
        }
    }
}
