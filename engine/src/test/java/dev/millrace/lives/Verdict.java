package dev.millrace.lives;

import dev.millrace.market.Bar;
import dev.millrace.market.Gap;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.market.StateWriter;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.Frames.VenueTrade;
import dev.millrace.pipeline.GapMatch;
import dev.millrace.pipeline.Market;
import dev.millrace.strategy.StrategyHost;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Whether a life kept the promises: what the venue made against what the journal, replayed, tells of it. */
final class Verdict {

    /** Three coins for some minutes, with all that is still open to revision. */
    private static final int STATE_LIMIT = 1 << 20;

    private final Life life;
    private final List<MarketEvent> records;
    private final long healedMs;
    private final Told replayed = new Told();
    /** What was accepted, and after how many others. */
    private final Map<VenueTrade, Integer> accepted = new HashMap<>();
    /** What the venue made, of the time that was recorded, and nobody accepted; by coin, in the order it was made. */
    private final Map<String, List<VenueTrade>> missing = new HashMap<>();
    /** Trades that nobody who has the journal can know to be missing. */
    private final Set<VenueTrade> excused = new HashSet<>();

    private long unproven;
    private final Map<String, Integer> unprovenWhole = new HashMap<>();

    Verdict(Life life, List<MarketEvent> records, long healedMs) {
        this.life = life;
        this.records = records;
        this.healedMs = healedMs;
    }

    boolean isOnChronicle() {
        return life.isOnChronicle;
    }

    long healedMs() {
        return healedMs;
    }

    long gaps() {
        return replayed.gaps.size();
    }

    /** Gaps marked so. */
    long unproven() {
        return unproven;
    }

    /** Of these, in how many nothing was missing, by their cause. */
    Map<String, Integer> unprovenWhole() {
        return unprovenWhole;
    }

    long trades() {
        return accepted.size();
    }

    long records() {
        return records.size();
    }

    Map<Faults.Fault, Integer> faults() {
        return life.faults.met;
    }

    /** Of all that was journaled and told. */
    int fingerprint() {
        StateWriter told = written(replayed.bars);
        int print = Arrays.hashCode(Arrays.copyOf(told.bytes(), told.length()));
        for (MarketEvent event : records) {
            String text = new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8);
            print = 31 * print + (event.sequence() + " " + event.source() + " " + event.receiveNs() + text).hashCode();
        }
        return print;
    }

    Verdict check() {
        GapMatch gaps = replay();
        require(gaps.firstDifference().isEmpty(), () -> "annotated gaps differ: " + gaps.firstDifference());
        require(gaps.unwritten().isEmpty(), () -> "gaps without annotation: " + gaps.unwritten());
        wireIsJournaled();
        noTradeTwice();
        findMissing();
        missingTradesLieInGaps();
        gapsAreHonest();
        completeBarsAreWhole();
        barsEqualLive();
        require(life.largestState() < STATE_LIMIT, () -> "the market remembers " + life.largestState() + " bytes");
        return this;
    }

    private GapMatch replay() {
        Counters counters = new Counters();
        ErrorLog errors = new ErrorLog(life.time);
        GapMatch gaps = new GapMatch();
        StrategyHost host = new StrategyHost(() -> List.of(replayed), counters, errors);
        Market market = new Market(host, gaps, replayed, TickSink.NONE, counters);
        for (MarketEvent event : records) {
            market.onEvent(event);
            if (event.kind() == RecordKind.GAP) {
                gaps.onGapRecord(event);
            }
        }
        require(errors.entries().isEmpty(), () -> "errors: " + errors.entries());
        return gaps;
    }

    /** What the journal holds of a connection is what the venue put on it, byte for byte, from the first frame on. */
    private void wireIsJournaled() {
        List<Map<Integer, List<String>>> journaled = byProcess();
        require(journaled.size() <= life.past.size(), () -> "more sessions than processes");
        int process = 0;
        for (Map<Integer, List<String>> connections : journaled) {
            List<VenueSession> sessions = life.past.get(process++).sessions();
            require(connections.size() <= sessions.size(), () -> "more connections than the venue had");
            int at = 0;
            for (List<String> frames : connections.values()) {
                VenueSession session = sessions.get(at++);
                List<String> written = session.written;
                require(
                        frames.size() <= written.size() && frames.equals(written.subList(0, frames.size())),
                        () -> "frames of a connection differ from what was sent: " + frames);
                excused.addAll(session.lateBeyond(frames.size()));
            }
            sessions.stream().skip(at).forEach(session -> excused.addAll(session.lateBeyond(0)));
        }
        life.past.stream()
                .skip(process)
                .flatMap(past -> past.sessions().stream())
                .forEach(session -> excused.addAll(session.lateBeyond(0)));
    }

    /** A list of frames for each connection that was open, in the order in which they were, for each session. */
    private List<Map<Integer, List<String>>> byProcess() {
        List<Map<Integer, List<String>>> sessions = new ArrayList<>();
        for (MarketEvent event : records) {
            int connection = Source.connection(event.source());
            if (event.kind() == RecordKind.SESSION) {
                sessions.add(new LinkedHashMap<>());
            } else if (event.kind() == RecordKind.LIFECYCLE
                    && Lifecycle.of(event.bytes(), event.length()) == Lifecycle.CONNECTED) {
                sessions.get(sessions.size() - 1).put(connection, new ArrayList<>());
            } else if (event.kind() == RecordKind.FRAME) {
                String text = new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8);
                sessions.get(sessions.size() - 1).get(connection).add(text);
            }
        }
        return sessions;
    }

    private void noTradeTwice() {
        for (VenueTrade trade : replayed.trades) {
            require(accepted.put(trade, accepted.size()) == null, () -> "accepted twice: " + trade);
        }
    }

    private void findMissing() {
        int found = 0;
        for (VenueCoin coin : life.venue.coins) {
            List<VenueTrade> lacking = new ArrayList<>();
            Set<VenueTrade> jumped = missedOverAJump(coin);
            for (VenueTrade trade : coin.trades) {
                if (accepted.containsKey(trade)) {
                    found++;
                } else if (!excused.contains(trade) && !jumped.contains(trade)) {
                    lacking.add(trade);
                }
            }
            missing.put(coin.name, lacking);
        }
        int known = found;
        require(known == accepted.size(), () -> accepted.size() + " trades accepted, of which the venue made " + known);
    }

    /** Trades missed in a row, between which the venue's clock stepped: nobody heard that it did, nor can know where they lie. */
    private Set<VenueTrade> missedOverAJump(VenueCoin coin) {
        Set<VenueTrade> missed = new HashSet<>();
        for (int from = 0; from < coin.trades.size(); from++) {
            int to = from;
            while (to < coin.trades.size() && !accepted.containsKey(coin.trades.get(to))) {
                to++;
            }
            int before = coin.clockSteps.get(Math.max(0, from - 1));
            int behind = coin.clockSteps.get(Math.min(to, coin.trades.size() - 1));
            if (before != behind) {
                missed.addAll(coin.trades.subList(from, to));
            }
            from = to;
        }
        return missed;
    }

    private void missingTradesLieInGaps() {
        missing.forEach((coin, trades) -> {
            List<VenueTrade> made = life.venue.coin(coin).orElseThrow().trades;
            int first = 0;
            while (first < made.size() && !accepted.containsKey(made.get(first))) {
                first++;
            }
            Set<VenueTrade> earlier = new HashSet<>(made.subList(0, first));
            long firstMs =
                    first == made.size() ? Long.MAX_VALUE : made.get(first).timeMs();
            for (VenueTrade trade : trades) {
                require(
                        trade.timeMs() <= firstMs
                                || earlier.contains(trade)
                                || replayed.gaps.stream().anyMatch(gap -> holds(gap, trade)),
                        () -> "missing and in no gap: " + trade + ", gaps " + gapsOf(coin));
            }
        });
    }

    private List<Gap> gapsOf(String coin) {
        return replayed.gaps.stream().filter(gap -> gap.symbol().equals(coin)).toList();
    }

    private static boolean holds(Gap gap, VenueTrade trade) {
        return gap.stream().equals("trades")
                && gap.symbol().equals(trade.coin())
                && gap.fromMs() <= trade.timeMs()
                && trade.timeMs() < gap.toMs();
    }

    /** A gap is proven only where something was missing when it was told; what comes later is a repair. */
    private void gapsAreHonest() {
        for (int i = 0; i < replayed.gaps.size(); i++) {
            Gap gap = replayed.gaps.get(i);
            if (gap.stream().equals("trades")) {
                boolean isWhole = isWhole(gap, tradesBeforeFirst(i));
                if (gap.evidence() == Gap.Evidence.UNPROVEN) {
                    unproven++;
                    unprovenWhole.merge(gap.cause(), isWhole ? 1 : 0, Integer::sum);
                } else {
                    require(!isWhole, () -> "proven, and nothing is missing: " + gap);
                }
            }
        }
    }

    /** A stretch that grew is told again; what counts is what was missing when it was told first. */
    private int tradesBeforeFirst(int index) {
        Gap gap = replayed.gaps.get(index);
        for (int i = 0; i < index; i++) {
            Gap earlier = replayed.gaps.get(i);
            if (earlier.symbol().equals(gap.symbol())
                    && earlier.cause().equals(gap.cause())
                    && earlier.fromMs() < gap.toMs()
                    && gap.fromMs() < earlier.toMs()) {
                return replayed.tradesBefore.get(i);
            }
        }
        return replayed.tradesBefore.get(index);
    }

    /** @param tradesBefore how many trades had been accepted when it was told */
    private boolean isWhole(Gap gap, int tradesBefore) {
        return life.venue.coin(gap.symbol()).stream()
                .flatMap(coin -> coin.trades.stream())
                .noneMatch(
                        trade -> holds(gap, trade) && accepted.getOrDefault(trade, Integer.MAX_VALUE) >= tradesBefore);
    }

    private void completeBarsAreWhole() {
        for (Bar bar : replayed.last.values()) {
            if (bar.complete) {
                for (VenueTrade trade : missing.get(bar.symbolName)) {
                    require(
                            trade.timeMs() < bar.startMs || trade.timeMs() >= bar.endMs(),
                            () -> "complete, but " + trade + " is missing: " + bar + ", gaps "
                                    + gapsOf(bar.symbolName));
                }
            }
        }
    }

    /** What each process told, its recovery included, is what the replay tells of the same records. */
    private void barsEqualLive() {
        for (Life.Past past : life.past) {
            List<Told.Emitted> live = between(past.told().bars, past);
            List<Told.Emitted> again = between(replayed.bars, past);
            require(areEqual(live, again), () -> firstDifference(live, again));
        }
    }

    private static boolean areEqual(List<Told.Emitted> one, List<Told.Emitted> other) {
        StateWriter left = written(one);
        StateWriter right = written(other);
        return Arrays.equals(left.bytes(), 0, left.length(), right.bytes(), 0, right.length());
    }

    private static StateWriter written(List<Told.Emitted> bars) {
        StateWriter out = new StateWriter();
        bars.forEach(bar -> bar.writeTo(out));
        return out;
    }

    private static List<Told.Emitted> between(List<Told.Emitted> bars, Life.Past past) {
        return bars.stream()
                .filter(bar -> bar.sequence() > past.fromSequence() && bar.sequence() <= past.toSequence())
                .toList();
    }

    private static String firstDifference(List<Told.Emitted> live, List<Told.Emitted> replayed) {
        int at = 0;
        while (at < Math.min(live.size(), replayed.size())
                && areEqual(List.of(live.get(at)), List.of(replayed.get(at)))) {
            at++;
        }
        return "bars: live " + (at < live.size() ? live.get(at) : "none") + ", replayed "
                + (at < replayed.size() ? replayed.get(at) : "none");
    }

    private static void require(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }
}
