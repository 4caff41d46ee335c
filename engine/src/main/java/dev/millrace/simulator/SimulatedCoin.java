package dev.millrace.simulator;

import dev.millrace.market.Decimals;
import java.util.List;

/**
 * A coin of the simulated market.
 *
 * @param name wire name: {@code BTC}, {@code xyz:TSLA} (a builder's exchange), {@code PURR/USDC} or {@code @107} (spot)
 * @param sizeDecimals szDecimals, 0 to 8
 * @param startPrice first mid, scale 8
 * @param blockMs mean time between two blocks with trades, in ms
 */
public record SimulatedCoin(String name, int sizeDecimals, long startPrice, long blockMs) {

    private static final List<SimulatedCoin> KNOWN = List.of(
            of("BTC", 5, "84143.0", 250),
            of("ETH", 4, "2931.5", 300),
            of("SOL", 2, "128.5", 400),
            of("HYPE", 2, "34.967", 500),
            of("kPEPE", 0, "0.004411", 800),
            of("WLFI", 0, "0.1891", 1200),
            of("AAVE", 2, "182.61", 900),
            of("PURR/USDC", 0, "0.14821", 1500),
            of("XRP", 0, "1.3721", 500),
            of("DOGE", 0, "0.093212", 700),
            of("LINK", 1, "12.297", 900),
            of("SUI", 1, "1.4425", 800),
            of("BNB", 3, "634.94", 900),
            of("AVAX", 2, "18.682", 900),
            of("@107", 2, "34.952", 900));

    private static final int DEFAULT_COUNT = 8;

    public SimulatedCoin {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("coin '" + name + "': write a wire name such as BTC or PURR/USDC");
        }
        if (sizeDecimals < 0 || sizeDecimals > 8 || startPrice <= 0 || blockMs <= 0) {
            throw new IllegalArgumentException(
                    "coin " + name + ": sizeDecimals must be 0 to 8, startPrice and blockMs positive");
        }
    }

    /** BTC ETH SOL HYPE kPEPE WLFI AAVE PURR/USDC: seven perpetuals and a spot pair. */
    public static List<SimulatedCoin> defaults() {
        return KNOWN.subList(0, DEFAULT_COUNT);
    }

    /** The coin of this name: the venue's decimals where known, else plausible ones that the name alone decides. */
    public static SimulatedCoin named(String name) {
        return KNOWN.stream().filter(coin -> coin.name.equals(name)).findFirst().orElseGet(() -> invented(name));
    }

    static boolean isKnown(String name) {
        return KNOWN.stream().anyMatch(coin -> coin.name.equals(name));
    }

    /** Spot pairs have a slash or an index for a name. */
    public boolean spot() {
        return name.indexOf('/') > 0 || name.startsWith("@");
    }

    /** The builder-deployed exchange; empty for the first one and for spot. */
    public String dex() {
        int colon = name.indexOf(':');
        return colon < 0 ? "" : name.substring(0, colon);
    }

    /** Most decimals a price may have: 6 (perpetuals) or 8 (spot) less the size's. */
    int priceDecimals() {
        return Math.max(0, (spot() ? 8 : 6) - sizeDecimals);
    }

    /** Smallest step of a size, scale 8. */
    long sizeStep() {
        return power(8 - sizeDecimals);
    }

    /** Price step at this price, scale 8: five significant figures, the coin's decimals, never above 1. */
    long tick(long price) {
        long tick = 1;
        while (tick * 100_000 <= price && tick < Decimals.ONE) {
            tick *= 10;
        }
        return Math.max(tick, power(8 - priceDecimals()));
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    private static SimulatedCoin of(String name, int sizeDecimals, String price, long blockMs) {
        return new SimulatedCoin(name, sizeDecimals, Decimals.parse(price), blockMs);
    }

    private static SimulatedCoin invented(String name) {
        long hash = SeededRandom.hash(name);
        long price = (1_000 + Math.floorMod(hash, 9_000)) * power(Math.floorMod((int) (hash >>> 32), 4) + 5);
        return new SimulatedCoin(name, price > 10 * Decimals.ONE ? 2 : 0, price, 1_000);
    }
}
