package dev.millrace.market;

/**
 * What the venue's metadata says of a coin.
 *
 * @param name wire name, case-sensitive: {@code BTC}, {@code kPEPE}, {@code xyz:TSLA}, {@code @107}, {@code PURR/USDC}
 * @param index where the venue's list has it, or a spot pair's number: it stays where a name changes
 * @param sizeDecimals decimals of a size (szDecimals)
 * @param spot a spot pair
 * @param delisted no longer traded, or no longer named at all
 * @param maxLeverage the greatest leverage that the venue gives; 0 for spot, which has none
 * @param isolatedOnly tradable with isolated margin only
 * @param dayNotionalVolume quote volume of the day, for {@code top:N}; NaN where the venue gave none
 */
public record Instrument(
        String name,
        int index,
        int sizeDecimals,
        boolean spot,
        boolean delisted,
        int maxLeverage,
        boolean isolatedOnly,
        double dayNotionalVolume) {

    /** Whether the other, null when there is none, is described the same; the day's volume is no description. */
    public boolean isLike(Instrument other) {
        return other != null
                && name.equals(other.name)
                && index == other.index
                && sizeDecimals == other.sizeDecimals
                && spot == other.spot
                && delisted == other.delisted
                && maxLeverage == other.maxLeverage
                && isolatedOnly == other.isolatedOnly;
    }

    /** The same without trading: what is left of an instrument that the venue names no more. */
    public Instrument gone() {
        return new Instrument(name, index, sizeDecimals, spot, true, maxLeverage, isolatedOnly, Double.NaN);
    }

    /** Scale of this instrument's sizes in a long: 4 for coarse (cheap) tokens, whose sizes would overflow scale 8. */
    public int sizeScale() {
        return sizeDecimals <= 2 ? 4 : 8;
    }
}
