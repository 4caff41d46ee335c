package dev.millrace.simulator;

/**
 * One trade of the simulated market, before it is written as JSON.
 *
 * @param timeMs exchange time of its block
 * @param tid 50-bit trade id, unique only with coin and time
 * @param buy whether the aggressor bought (side {@code B})
 * @param price scale 8
 * @param size scale 8
 * @param action what the hash is written from; 0 for the all-zero hash of a trade that no user transaction caused
 * @param buyer what the buyer's address is written from
 * @param seller what the seller's address is written from
 */
public record SimulatedTrade(
        long timeMs, long tid, boolean buy, long price, long size, long action, long buyer, long seller) {}
