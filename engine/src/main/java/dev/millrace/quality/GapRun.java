package dev.millrace.quality;

/**
 * The longest stretch of time that lacks something, in seconds, and what of it touches either end: so that a stretch over the
 * border of two days is one, and not two.
 *
 * @param first that begins with the time looked at; 0 where nothing is lacking there
 * @param longest of all
 * @param last that ends with the time looked at
 * @param throughout whether there is no break in it: {@code first}, {@code longest} and {@code last} are one
 */
public record GapRun(double first, double longest, double last, boolean throughout) {

    /** Of no time. */
    static final GapRun NONE = new GapRun(0, 0, 0, true);
    /** Of time that lacks nothing. */
    static final GapRun BREAK = new GapRun(0, 0, 0, false);

    /** Of time that lacks this much, without a break. */
    public static GapRun of(double seconds) {
        return new GapRun(seconds, seconds, seconds, true);
    }

    /** Of this time and the one that follows at once. */
    GapRun then(GapRun next) {
        return new GapRun(
                throughout ? first + next.first : first,
                Math.max(Math.max(longest, next.longest), last + next.first),
                next.throughout ? last + next.last : next.last,
                throughout && next.throughout);
    }
}
