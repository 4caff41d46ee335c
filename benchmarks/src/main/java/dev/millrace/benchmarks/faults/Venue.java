package dev.millrace.benchmarks.faults;

import dev.millrace.simulator.SimulatedTrade;
import dev.millrace.simulator.Witness;
import dev.millrace.simulator.faults.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the exchange did: its trades, what each socket was sent, when each fault struck. Its thread writes, any reads. */
final class Venue implements Witness {

    /** A trade; its id is unique within its coin. */
    record TradeId(String coin, long timeMs, long tid) {

        /** The same whatever time the exchange told of it. */
        TradeId timeless() {
            return new TradeId(coin, 0, tid);
        }
    }

    /**
     * A trade that happened.
     *
     * @param atMs by this machine's clock, which the exchange's own follows at some distance
     */
    record Made(TradeId trade, long atMs) {}

    /** A fault took an occasion. */
    record Strike(Fault fault, long atMs) {}

    private long startMs;
    private final List<Made> trades = new ArrayList<>();
    private final Map<Long, Messages> sockets = new TreeMap<>();
    private final List<Strike> strikes = new ArrayList<>();

    @Override
    public synchronized void onStart() {
        startMs = System.currentTimeMillis();
    }

    @Override
    public synchronized void onTrades(String coin, List<SimulatedTrade> block) {
        long nowMs = System.currentTimeMillis();
        block.forEach(trade -> trades.add(new Made(new TradeId(coin, trade.timeMs(), trade.tid()), nowMs)));
    }

    @Override
    public synchronized void onSent(long socket, byte[] wire) {
        sockets.computeIfAbsent(socket, number -> new Messages()).add(wire);
    }

    @Override
    public synchronized void onFault(Fault fault) {
        strikes.add(new Strike(fault, System.currentTimeMillis()));
    }

    /** From when on the times of the faults count, ms since 1970. */
    synchronized long startMs() {
        return startMs;
    }

    synchronized List<Made> trades() {
        return List.copyOf(trades);
    }

    /** The messages of each socket, in the order of their handshakes. */
    synchronized List<List<Long>> sent() {
        return sockets.values().stream().map(Messages::prints).toList();
    }

    /** When a fault struck, ms since 1970, in order. */
    synchronized List<Long> strikesOf(Fault fault) {
        return strikes.stream()
                .filter(strike -> strike.fault().equals(fault))
                .map(Strike::atMs)
                .toList();
    }
}
