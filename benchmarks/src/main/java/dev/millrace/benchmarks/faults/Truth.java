package dev.millrace.benchmarks.faults;

import dev.millrace.benchmarks.faults.Recorded.Connection;
import dev.millrace.benchmarks.faults.Recorded.ToldGap;
import dev.millrace.benchmarks.faults.Venue.Made;
import dev.millrace.benchmarks.faults.Venue.TradeId;
import dev.millrace.market.Gap;
import dev.millrace.market.Gap.Evidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the exchange did against what the daemon recorded of it. */
final class Truth {

    private final Recorded recorded;
    private final List<List<Long>> sent;
    private final List<Made> made = new ArrayList<>();
    /** When each was accepted, as a place in the list; whatever time it had, for a fault may have told a wrong one. */
    private final Map<TradeId, Integer> accepted = new HashMap<>();

    private final List<String> complaints = new ArrayList<>();
    private long unjournaled;

    /** @param untilMs trades after this may have been under way at the stop */
    Truth(Venue venue, Recorded recorded, long untilMs) {
        this.recorded = recorded;
        sent = new ArrayList<>(venue.sent());
        Map<String, Long> first = new HashMap<>();
        for (TradeId trade : recorded.trades) {
            accepted.putIfAbsent(trade.timeless(), accepted.size());
            first.merge(trade.coin(), trade.timeMs(), Math::min);
        }
        for (Made one : venue.trades()) {
            if (one.trade().timeMs() > first.getOrDefault(one.trade().coin(), Long.MAX_VALUE) && one.atMs() < untilMs) {
                made.add(one);
            }
        }
    }

    /** Checks all that holds for the run as a whole; gives what does not. */
    List<String> check() {
        recorded.connections.forEach(this::isJournaled);
        Set<TradeId> seen = new HashSet<>();
        recorded.trades.stream().filter(trade -> !seen.add(trade)).forEach(trade -> complaints.add("twice: " + trade));
        for (Made one : made) {
            if (isMissing(one) && recorded.gaps.stream().noneMatch(gap -> holds(gap.gap(), one.trade()))) {
                complaints.add("missing and in no gap: " + one);
            }
        }
        for (ToldGap gap : recorded.gaps) {
            if (gap.gap().evidence() == Evidence.PROVEN && isWhole(gap)) {
                complaints.add("proven, and nothing was missing: " + gap.gap());
            }
        }
        return complaints;
    }

    /** A connection's journal is a socket's messages from the first on, without a hole. */
    private void isJournaled(int number, Connection connection) {
        for (List<Long> socket : sent) {
            if (connection.messages.size() <= socket.size()
                    && connection.messages.equals(socket.subList(0, connection.messages.size()))) {
                sent.remove(socket);
                int rest = socket.size() - connection.messages.size();
                unjournaled += rest;
                if (rest > 0 && connection.end.isEmpty()) {
                    complaints.add("connection " + number + " did not end and lacks " + rest + " messages");
                } else if (rest > 0) {
                    System.out.println("  connection " + number + " (" + connection.end + ") ended before the last "
                            + rest + " messages that were sent to it");
                }
                return;
            }
        }
        complaints.add("what connection " + number + " journaled is not what a socket was sent");
    }

    private boolean isMissing(Made one) {
        return !accepted.containsKey(one.trade().timeless());
    }

    private static boolean holds(Gap gap, TradeId trade) {
        return gap.stream().equals("trades")
                && gap.symbol().equals(trade.coin())
                && gap.fromMs() <= trade.timeMs()
                && trade.timeMs() < gap.toMs();
    }

    /** Whether nothing was missing in it when it was told first; what came since is a repair. */
    boolean isWhole(ToldGap gap) {
        int known = recorded.gaps.stream()
                .filter(earlier -> isOneWith(earlier.gap(), gap.gap()))
                .mapToInt(ToldGap::trades)
                .min()
                .orElse(gap.trades());
        return made.stream()
                .map(Made::trade)
                .filter(trade -> holds(gap.gap(), trade))
                .allMatch(trade -> accepted.getOrDefault(trade.timeless(), Integer.MAX_VALUE) < known);
    }

    private static boolean isOneWith(Gap earlier, Gap gap) {
        return earlier.symbol().equals(gap.symbol())
                && earlier.cause().equals(gap.cause())
                && earlier.fromMs() < gap.toMs()
                && gap.fromMs() < earlier.toMs();
    }

    /** Trades that happened in this time, by this machine's clock, and were not accepted. */
    long missing(long fromMs, long toMs) {
        return made.stream()
                .filter(one -> one.atMs() >= fromMs && one.atMs() < toMs)
                .filter(this::isMissing)
                .count();
    }

    long made() {
        return made.size();
    }

    /** Messages that were sent to a connection at its end and did not reach the journal. */
    long unjournaled() {
        return unjournaled;
    }
}
