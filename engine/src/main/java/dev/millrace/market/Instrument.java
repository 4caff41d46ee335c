package dev.millrace.market;

/**
 * What the venue's metadata says of a coin.
 *
 * @param name wire name, case-sensitive: {@code BTC}, {@code kPEPE}, {@code xyz:TSLA}, {@code @107}, {@code PURR/USDC}
 * @param sizeDecimals decimals of a size (szDecimals)
 * @param spot a spot pair
 * @param delisted no longer traded
 * @param dayNotionalVolume quote volume of the day, for {@code top:N}; NaN where the venue gave none
 */
public record Instrument(String name, int sizeDecimals, boolean spot, boolean delisted, double dayNotionalVolume) {

    /** Whether the other, null when there is none, is described the same; the day's volume is no description. */
    public boolean isLike(Instrument other) {
        return other != null
                && name.equals(other.name)
                && sizeDecimals == other.sizeDecimals
                && spot == other.spot
                && delisted == other.delisted;
    }

    /** Scale of this instrument's sizes in a long: 4 for coarse (cheap) tokens, whose sizes would overflow scale 8. */
    public int sizeScale() {
        return sizeDecimals <= 2 ? 4 : 8;
    }
}
