package dev.millrace.simulator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a simulated market is made from: equal models give equal bytes.
 *
 * @param seed decides everything else
 * @param coins at least one, names unique
 * @param startMs exchange time of the beginning, ms since 1970
 * @param cadence of the clocked channels
 * @param outcomes outcome coins that only appear in allMids, as most of its keys do at the venue
 * @param unsortedSnapshots whether the snapshot of trades comes in a seeded disorder, as once recorded
 */
public record MarketModel(
        long seed, List<SimulatedCoin> coins, long startMs, Cadence cadence, int outcomes, boolean unsortedSnapshots) {

    private static final int OUTCOMES = 750;

    public MarketModel {
        coins = List.copyOf(coins);
        Set<String> names = new HashSet<>();
        for (SimulatedCoin coin : coins) {
            if (!names.add(coin.name())) {
                throw new IllegalArgumentException("coin " + coin.name() + " is given twice; name each once");
            }
        }
        if (coins.isEmpty()) {
            throw new IllegalArgumentException("no coins; name at least one, such as BTC");
        }
        if (startMs < 1_100_000_000_000L || startMs > 9_000_000_000_000L) {
            throw new IllegalArgumentException("start " + startMs + " must be milliseconds since 1970, of 13 digits");
        }
        if (outcomes < 0) {
            throw new IllegalArgumentException("outcomes " + outcomes + " must not be negative");
        }
    }

    /** The default coins at the venue's cadence. */
    public static MarketModel of(long seed, long startMs) {
        return new MarketModel(seed, SimulatedCoin.defaults(), startMs, Cadence.venue(), OUTCOMES, false);
    }

    /** The same market with other coins. */
    public MarketModel withCoins(List<SimulatedCoin> newCoins) {
        return new MarketModel(seed, newCoins, startMs, cadence, outcomes, unsortedSnapshots);
    }

    /** The same market at another cadence. */
    public MarketModel withCadence(Cadence newCadence) {
        return new MarketModel(seed, coins, startMs, newCadence, outcomes, unsortedSnapshots);
    }

    /** The same market with its snapshots out of order. */
    public MarketModel withUnsortedSnapshots() {
        return new MarketModel(seed, coins, startMs, cadence, outcomes, true);
    }
}
